import { z } from 'zod';
import { Id } from '../id.ts';

/** Ids to ask for, comma-separated, at most 100. */
export const IdsQuery = z.strictObject({
  ids: z
    .string()
    .transform((ids) => ids.split(','))
    .pipe(z.array(Id).min(1).max(100)),
});
export type IdsQuery = z.output<typeof IdsQuery>;
