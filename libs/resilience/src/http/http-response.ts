import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

/** An answer with any status. Its body is read already, except when the request asked for a stream. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  text(): Promise<string>;
  json<T>(): Promise<T>;
  /** Only with `stream: true`, and then to be consumed or destroyed. */
  readonly stream: Readable;
}

export async function buffered({
  statusCode,
  headers,
  body,
}: Dispatcher.ResponseData): Promise<HttpResponse> {
  const text = await body.text();
  return {
    status: statusCode,
    headers: flat(headers),
    text: () => Promise.resolve(text),
    json: <T>() => Promise.resolve(JSON.parse(text) as T),
    get stream(): Readable {
      throw new Error('ask for a stream to get one');
    },
  };
}

export function streamed(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  signal: AbortSignal,
): HttpResponse {
  const stop = () => body.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  body.once('close', () => signal.removeEventListener('abort', stop));
  return {
    status: statusCode,
    headers: flat(headers),
    text: () => body.text(),
    json: <T>() => body.json() as Promise<T>,
    stream: body,
  };
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
}
