import { v7 } from 'uuid';
import { z } from 'zod';

/** A UUIDv7 (RFC 9562): sorts by creation time, so indexes stay dense. */
export const Id = z.uuidv7();

const BYTES = 16;
// One call for many ids: asking the generator for each was the dearest part of an id.
const pool = new Uint8Array(BYTES * 256);
let at = pool.length;

/** A new UUIDv7. Those of one millisecond are in no order. */
export function newId(): string {
  if (at === pool.length) {
    crypto.getRandomValues(pool);
    at = 0;
  }
  const random = pool.subarray(at, (at += BYTES));
  return v7({ random });
}
