import type { Probe } from './probe.ts';
import { inPod } from './with-probes.ts';

/** A request by HTTP; or first words to a server that answers them by its own protocol, in hexadecimal. */
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
const patience = 8_000;
const byHttp = ({ hello, ...call }) => new Promise((resolve) => {
  const sent = request({ ...call, agent: false }, (answer) => {
    let text = '';
    const end = () => resolve({ status: answer.statusCode, trace: 'x-trace-id' in answer.headers, text: text.slice(0, 100) });
    answer.setEncoding('utf8').on('data', (part) => (text += part)).on('end', end).on('error', end);
  });
  sent.on('error', ({ code, message }) => resolve({ error: code ?? message }));
  sent.setTimeout(patience, () => sent.destroy(new Error('silence')));
  sent.end();
});
const byTcp = ({ host, port, hello }) => new Promise((resolve) => {
  const socket = connect({ host, port }, () => socket.write(Buffer.from(hello, 'hex')));
  const end = (answer) => (socket.destroy(), resolve(answer));
  socket.on('data', ({ length }) => end({ bytes: length }));
  socket.on('error', ({ code }) => end({ error: code }));
  socket.on('close', () => end({ error: 'closed' }));
  socket.setTimeout(patience, () => end({ error: 'silence' }));
});
const calls = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const answers = [];
let next = 0;
const worker = async () => {
  while (next < calls.length) {
    const at = next++;
    answers[at] = await (calls[at].hello ? byTcp : byHttp)(calls[at]);
  }
};
Promise.all(Array.from({ length: 8 }, worker)).then(() => console.log(JSON.stringify(answers)));
`;

/** Has a probe make calls, and tells what became of each. */
export const ask = async (
  probe: Pick<Probe, 'namespace' | 'name'>,
  calls: readonly Call[],
): Promise<Answer[]> => JSON.parse(await inPod(probe, program, JSON.stringify(calls))) as Answer[];

/**
 * Who answered: the other end itself, the mesh by refusing it, or nobody because the connection was cut. Anything else is what
 * nobody has decided: a time-out, a name that is not known, a proxy without a route.
 */
export type Verdict = 'answered' | 'refused' | 'cut' | 'undecided';

export function verdictOf({ status, trace, text, bytes, error = '' }: Answer): Verdict {
  if (trace || bytes) return 'answered';
  if (status === 403 && text === 'RBAC: access denied') return 'refused';
  return ['ECONNRESET', 'EPIPE', 'closed'].includes(error) ? 'cut' : 'undecided';
}

/** The answer, for people. */
export const words = ({ status, text, bytes, error }: Answer): string =>
  error ?? (bytes ? `${bytes} bytes` : `${status} ${text?.split('\n')[0]}`);
