import { z } from 'zod';

/** An error answer (RFC 9457). `code` is stable, `context/kind`; `errors` names every fault by JSON pointer (RFC 6901). */
export const ProblemDetails = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    errors: z.array(z.strictObject({ pointer: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemDetails = z.output<typeof ProblemDetails>;
