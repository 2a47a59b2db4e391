import { z } from 'zod';

/** RFC 3339, UTC. */
export const Timestamp = z.iso.datetime();

/** `limit` and the opaque `cursor` of the previous answer. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(1500).optional(),
});

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

/** What a list answers: `nextCursor` is null on the last page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
