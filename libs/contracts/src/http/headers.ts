import { z } from 'zod';

/** Lower-case names of the headers that the shop's services give a meaning. */
export const headers = {
  idempotencyKey: 'idempotency-key',
  idempotencyReplayed: 'idempotency-replayed',
  /** How many milliseconds longer somebody waits for the answer. */
  deadline: 'x-request-deadline',
  traceId: 'x-trace-id',
} as const;

/** 1–255 printable ASCII characters, as in the Idempotency-Key draft of the IETF. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters');
