import { z } from 'zod';

const MOST_ATTRIBUTES = 64;
const LONGEST_TEXT = 2_048;

/** Text, cut where nobody would read on. */
export const text = z.string().transform((value) => value.slice(0, LONGEST_TEXT));
const scalar = {
  stringValue: text.optional(),
  // Protobuf's JSON writes 64-bit numbers as strings.
  intValue: z.union([z.string().regex(/^-?\d{1,19}$/), z.number()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
};
/** Lists are flat and maps are left out: what nests without end would have to be walked without end. */
const value = z.object({
  ...scalar,
  arrayValue: z.object({ values: z.array(z.object(scalar)).max(256).optional() }).optional(),
});
type Value = z.infer<typeof value>;

/** OTLP's list of keys and values, as an object of plain values. */
export const attributes = z
  .array(z.object({ key: text, value: value.optional() }))
  .transform((pairs): Record<string, unknown> =>
    Object.fromEntries(
      pairs
        .slice(0, MOST_ATTRIBUTES)
        .map(({ key, value = {} }) => [key, plain(value)] as const)
        .filter(([, value]) => value !== undefined),
    ),
  )
  .default({});

/** What a resource says about who sends: its service and which of its processes. */
export const resource = z
  .object({ attributes })
  .default({ attributes: {} })
  .transform(({ attributes: about }) => ({
    service: String(about['service.name'] ?? 'unknown'),
    instance: String(about['service.instance.id'] ?? about['process.pid'] ?? ''),
  }));

/** 64-bit nanoseconds since the epoch in milliseconds. They pass 2^53, but whole microseconds are exact enough. */
export const milliseconds = z
  .union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative().transform(Math.trunc)])
  .transform((nanos) => Number(BigInt(nanos) / 1000n) / 1000);

const plain = ({ stringValue, doubleValue, boolValue, intValue, arrayValue }: Value): unknown =>
  arrayValue?.values?.map(plain) ??
  stringValue ??
  doubleValue ??
  boolValue ??
  (intValue === undefined ? undefined : Number(intValue));
