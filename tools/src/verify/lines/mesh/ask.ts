import { setTimeout as pause } from 'node:timers/promises';
import type { Probe } from './probe.ts';
import { inPod } from '../../../cluster/in-pod.ts';

/** A request by HTTP; or first words to a server that answers them by its own protocol, in hexadecimal: none, and it is only connected to. */
export type Call = { host: string; port: number } & (
  { method: string; path: string; headers?: Record<string, string> } | { hello: string }
);

/** How the two servers that are not ours are spoken to: Kafka's ApiVersions, version 0, and PostgreSQL's SSLRequest. */
export const hellos = { kafka: '0000000a0012000000000001ffff', postgres: '0000000804d2162f' } as const;

/** What became of a call, as seen by who made it. */
export interface Answer {
  status?: number;
  /** The application says which trace this is; a proxy does not. */
  trace?: boolean;
  /** How it begins. */
  text?: string;
  /** There was a connection, which is all that was wanted. */
  open?: true;
  /** How many bytes came, where it is not HTTP. */
  bytes?: number;
  /** Why there is none. */
  error?: string;
}

/**
 * Runs in the pod, so it is text. A sidecar accepts every connection itself: only an answer by the other end tells that there is
 * a way to it.
 */
const program = `
const { connect } = require('node:net');
const { request } = require('node:http');
const patience = 6_000;
const byHttp = ({ hello, ...call }) => new Promise((resolve) => {
  const sent = request({ ...call, agent: false, timeout: patience }, (answer) => {
    let text = '';
    const end = () => resolve({ status: answer.statusCode, trace: 'x-trace-id' in answer.headers, text: text.slice(0, 100) });
    answer.setEncoding('utf8').on('data', (part) => (text += part)).on('end', end).on('error', end);
  });
  sent.on('error', ({ code, message }) => resolve({ error: code ?? message }));
  sent.on('timeout', () => sent.destroy(new Error('silence')));
  sent.end();
});
const byTcp = ({ host, port, hello }) => new Promise((resolve) => {
  const end = (answer) => (socket.destroy(), resolve(answer));
  const socket = connect({ host, port }, () => (hello ? socket.write(Buffer.from(hello, 'hex')) : end({ open: true })));
  socket.on('data', ({ length }) => end({ bytes: length }));
  socket.on('error', ({ code }) => end({ error: code }));
  socket.on('close', () => end({ error: 'closed' }));
  socket.setTimeout(patience, () => end({ error: 'silence' }));
});
const { calls, atOnce } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const answers = [];
let next = 0;
const worker = async () => {
  while (next < calls.length) {
    const at = next++;
    answers[at] = await ('hello' in calls[at] ? byTcp : byHttp)(calls[at]);
  }
};
Promise.all(Array.from({ length: atOnce }, worker)).then(() => console.log(JSON.stringify(answers)));
`;

/** Has a probe make calls, and tells what became of each. */
export async function ask({ name, namespace }: Asked, calls: readonly Call[], atOnce = 8): Promise<Answer[]> {
  const input = JSON.stringify({ calls, atOnce });
  return JSON.parse(await inPod(name, program, { namespace, input })) as Answer[];
}

type Asked = Pick<Probe, 'namespace' | 'name'>;

const settleMs = 5_000;
const attempts = 3;

/** The same, but the way to a pod may open late: what nobody has decided is asked again. An answer is one, right or wrong. */
export async function askUntilDecided(
  probe: Asked,
  calls: readonly Call[],
  signal: AbortSignal,
  left = attempts,
): Promise<Answer[]> {
  signal.throwIfAborted();
  const answers = await ask(probe, calls);
  const undecided = calls.filter((_, at) => verdictOf(answers[at] ?? {}) === 'undecided');
  if (undecided.length === 0 || left <= 1) return answers;
  await pause(settleMs, undefined, { signal });
  const again = await askUntilDecided(probe, undecided, signal, left - 1);
  return calls.map((call, at) => again[undecided.indexOf(call)] ?? answers[at] ?? {});
}

/**
 * Who answered: the other end itself, the mesh by refusing it, or nobody because the connection was cut. Anything else is what
 * nobody has decided: a time-out, a name that is not known, a proxy without a route.
 */
export type Verdict = 'answered' | 'refused' | 'cut' | 'undecided';

export function verdictOf({ status, trace, text = '', bytes, error = '' }: Answer): Verdict {
  if (trace || bytes) return 'answered';
  if (status === 403 && text === 'RBAC: access denied') return 'refused';
  // Of a token.
  if ((status === 401 || status === 403) && /^(Jwt|Audiences) /.test(text)) return 'refused';
  return ['ECONNRESET', 'EPIPE', 'closed'].includes(error) ? 'cut' : 'undecided';
}

/** The answer, for people. */
export const words = ({ status, text, open, bytes, error }: Answer): string =>
  error ?? (open ? 'open' : bytes ? `${bytes} bytes` : `${status} ${text?.split('\n')[0]}`);
