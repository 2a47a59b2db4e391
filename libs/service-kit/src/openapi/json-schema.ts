import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** JSON Schema (2020-12, as OpenAPI 3.1 uses it) of a zod schema; each schema that has an id becomes a component. */
export function jsonSchemaOf(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const converted = z.toJSONSchema(schema, {
    io: schemaType,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // zod adds the bounds of a double, which tell a reader nothing, and a calendar as a regular expression.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  }) as JsonSchema;
  const { $schema: _, $defs, ...root } = converted;
  const components = ($defs ?? {}) as Record<string, JsonSchema>;
  const named =
    typeof root['$ref'] === 'string' ? components[root['$ref'].replace('#/$defs/', '')] : undefined;
  // Swagger splits a query schema into parameters only when it sees the properties beside the reference; `tidy` removes them again.
  return { schema: { ...named, ...root }, components };
}
