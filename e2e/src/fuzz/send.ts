import type { Answer } from './answer.ts';
import type { As, Request } from './request.ts';

export interface Target {
  baseUrl: string;
  tokens: Record<'customer' | 'admin', string>;
}

/** A live timeline ends with its order. */
const patienceMs = 20_000;

export async function send({ baseUrl, tokens }: Target, request: Request): Promise<Answer> {
  const { method, path, headers, body, as } = request;
  const response = await fetch(baseUrl + path, {
    method,
    headers: { ...headers, ...authorization(as, tokens) },
    body,
    signal: AbortSignal.timeout(patienceMs),
  });
  return {
    status: response.status,
    mediaType: response.headers.get('content-type')?.split(';')[0] ?? '',
    traceId: response.headers.get('x-trace-id'),
    text: await response.text(),
  };
}

function authorization(as: As, tokens: Target['tokens']): Record<string, string> {
  if (as === 'nobody') return {};
  const token = as === 'forged' ? `${tokens.admin.slice(0, -8)}AAAAAAAA` : tokens[as];
  return { authorization: `Bearer ${token}` };
}

/** The request as a command for a shell. It makes its token when it runs, so none is printed. */
export function curl(
  { baseUrl }: Pick<Target, 'baseUrl'>,
  { method, path, headers, body, as }: Request,
): string {
  const name = as === 'admin' ? 'admin' : 'fuzz';
  const token = as === 'forged' ? 'forged' : `$(npm run --silent token -- ${name})`;
  return [
    `curl -i -X ${method} ${quoted(baseUrl + path)}`,
    ...(as === 'nobody' ? [] : [`-H "Authorization: Bearer ${token}"`]),
    ...Object.entries(headers).map(([header, value]) => `-H ${quoted(`${header}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-binary ${quoted(body)}`]),
  ].join(' \\\n  ');
}

/** As $'…' of bash, where something in it could not be seen. */
function quoted(text: string): string {
  if (/^[ -~]*$/.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const bytes = [...Buffer.from(text)].map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x27 || byte === 0x5c
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  );
  return `$'${bytes.join('')}'`;
}
