import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { requestProblems } from '../problem/standard-problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of a JSON body as they came, for signatures. */
    rawBody?: Buffer;
  }
}

const escapedNul = /(?<!\\)(\\\\)*\\u0000/;
const escapedSurrogate = /(?<!\\)(\\\\)*\\ud[89a-f]/i;

/** JSON is the only media type. Refused: prototype poisoning, bytes that are not UTF-8, and characters that PostgreSQL cannot store. */
export function acceptOnlyJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error') as (
    request: unknown,
    body: string,
    done: (error: Error | null, body?: unknown) => void,
  ) => void;
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    request.rawBody = bytes;
    if (bytes.length === 0) return done(null, undefined);
    if (!isUtf8(bytes)) return done(malformed('The body must be UTF-8'));
    const text = bytes.toString();
    parse(request, text, (error, body) => {
      if (error) return done(malformed('The body is not valid JSON', error));
      done(
        unstorable(text, body) ? malformed('The body must not contain NUL or unpaired surrogates') : null,
        body,
      );
    });
  });
}

function unstorable(text: string, body: unknown): boolean {
  if (!text.includes('\\u')) return false;
  return (
    escapedNul.test(text) || (escapedSurrogate.test(text) && escapedSurrogate.test(JSON.stringify(body)))
  );
}

const malformed = (detail: string, cause?: unknown) =>
  new Problem(requestProblems.malformed, detail, { cause });
