import { z } from 'zod';

const secrets = z.registry<{ secret: true }>();

/** Marks a value that must never be printed, not even in a configuration fault. */
export function secret<T extends z.ZodType>(schema: T): T {
  secrets.add(schema, { secret: true });
  return schema;
}

/** Sees through `.optional()`, `.default()` and the like. */
export function isSecret(schema: z.ZodType): boolean {
  if (secrets.has(schema)) return true;
  const def = schema.def as { innerType?: z.ZodType; in?: z.ZodType };
  const inner = def.innerType ?? def.in;
  return inner !== undefined && isSecret(inner);
}
