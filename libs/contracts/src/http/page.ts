import { z } from 'zod';

/** RFC 3339, UTC. */
export const Timestamp = z.iso.datetime();

/** A whole number in a query: digits, where Number would also take '', ' 5', '0x10' and '1e1'. */
export const digits = <T extends z.ZodType>(number: T) =>
  z.preprocess((text) => (typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : text), number);

/** `limit` and the opaque `cursor` of the previous answer. */
export const pageQuery = z.strictObject({
  limit: digits(z.int().min(1).max(100)).default(20),
  cursor: z.string().min(1).max(1500).optional(),
});

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

/** What a list answers: `nextCursor` is null on the last page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
