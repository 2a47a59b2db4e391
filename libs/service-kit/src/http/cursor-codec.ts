import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { Problem } from '../problem/problem.ts';
import { requestProblems } from '../problem/standard-problems.ts';

const tagBytes = 12;

/** Opaque page cursors that nobody can forge: JSON with a keyed hash (HMAC-SHA-256, 96 bits). */
export class CursorCodec {
  readonly #secret: KeyObject;

  constructor(secret: string) {
    this.#secret = createSecretKey(secret, 'utf8');
  }

  encode(value: unknown): string {
    const body = Buffer.from(JSON.stringify(value));
    return Buffer.concat([this.#tag(body), body]).toString('base64url');
  }

  /** Throws `request/cursor-invalid` when the cursor was tampered with or belongs to another list. */
  decode<T>(schema: z.ZodType<T>, cursor: string): T {
    const bytes = Buffer.from(cursor, 'base64url');
    const body = bytes.subarray(tagBytes);
    // Comparing the text as well refuses the other spellings that base64 decoders accept.
    if (bytes.length <= tagBytes || bytes.toString('base64url') !== cursor) throw invalid();
    if (!timingSafeEqual(bytes.subarray(0, tagBytes), this.#tag(body))) throw invalid();
    const parsed = schema.safeParse(JSON.parse(body.toString()));
    if (!parsed.success) throw invalid();
    return parsed.data;
  }

  #tag(body: Buffer): Buffer {
    return createHmac('sha256', this.#secret).update(body).digest().subarray(0, tagBytes);
  }
}

const invalid = () => {
  const message = 'is not a cursor that this list gave out';
  return new Problem(requestProblems.cursorInvalid, `The cursor ${message}`, {
    errors: [{ pointer: '/cursor', message }],
  });
};
