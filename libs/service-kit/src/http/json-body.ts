import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { requestProblems } from '../problem/standard-problems.ts';
import { faultOfJson } from './i-json.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of a JSON body as they came, for signatures. */
    rawBody?: Buffer;
  }
}

const escapedNul = /(?<!\\)(\\\\)*\\u0000/;
const escapedSurrogate = /(?<!\\)(\\\\)*\\ud[89a-f]/i;

/** JSON is the only media type. Refused: compression, prototype poisoning, bytes that are not UTF-8, characters that PostgreSQL cannot store, and what is not I-JSON. */
export function acceptOnlyJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error') as (
    request: unknown,
    body: string,
    done: (error: Error | null, body?: unknown) => void,
  ) => void;
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const coded = refusalOfCoding(request.headers);
    if (coded) return done(coded);
    request.rawBody = bytes;
    if (bytes.length === 0) return done(null, undefined);
    if (!isUtf8(bytes)) return done(malformed('The body must be UTF-8'));
    const text = bytes.toString();
    parse(request, text, (error, body) => {
      if (error) return done(malformed('The body is not valid JSON', error));
      const fault = unstorable(text, body)
        ? 'The body must not contain NUL or unpaired surrogates'
        : faultOfJson(text, body);
      done(fault === undefined ? null : malformed(fault), body);
    });
  });
}

function unstorable(text: string, body: unknown): boolean {
  if (!text.includes('\\u')) return false;
  return (
    escapedNul.test(text) || (escapedSurrogate.test(text) && escapedSurrogate.test(JSON.stringify(body)))
  );
}

const otherCharset = /;\s*charset=(?!"?utf-8"?\s*(?:;|$))/i;

/** Nothing is decompressed: what a small body becomes could be of any size. */
function refusalOfCoding(headers: IncomingHttpHeaders): Problem | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    return new Problem(requestProblems.unsupported, 'Send the body without a Content-Encoding', {
      headers: { 'accept-encoding': 'identity' },
    });
  if (otherCharset.test(headers['content-type']!))
    return new Problem(requestProblems.unsupported, 'Send JSON in UTF-8');
  return undefined;
}

const malformed = (detail: string, cause?: unknown) =>
  new Problem(requestProblems.malformed, detail, { cause });
