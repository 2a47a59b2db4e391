import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Refusal } from './refusal.ts';

const inflate = promisify(gunzip);

/** Reads a request's JSON body, which may be compressed, and refuses what is none or longer than allowed before and after that. */
export async function jsonBody(request: IncomingMessage, longest: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? 'nothing';
  // Also what keeps pages of other origins out: a browser asks before it sends this type, and is not answered.
  if (!/^application\/json\b/.test(type))
    throw new Refusal(
      415,
      `the body must be application/json, not ${type}: OTEL_EXPORTER_OTLP_PROTOCOL=http/json`,
    );
  const bytes = await received(request, longest);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Refusal(415, `the body may be compressed by gzip, not by ${encoding}`);
  const text = encoding === 'gzip' ? await inflated(bytes, longest) : bytes;
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}

async function received(request: IncomingMessage, longest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longest) throw new Refusal(413, `the body is longer than ${longest} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const inflated = (bytes: Buffer, longest: number): Promise<Buffer> =>
  inflate(bytes, { maxOutputLength: longest }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal(413, `the body is longer than ${longest} bytes`);
    throw new Refusal(400, 'the body is not gzip');
  });
