import { isObject, type Json, type JsonObject } from '../json.ts';

/** The types that a schema allows; none when it says nothing. An `anyOf` is looked at by its alternatives. */
export function typesOf({ type, enum: values, ...rest }: JsonObject): string[] {
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.map(String).sort();
  const [first] = Array.isArray(values) ? values : 'const' in rest ? [rest['const']!] : [];
  if (first !== undefined) return [first === null ? 'null' : typeof first];
  return isObject(rest['properties']) ? ['object'] : [];
}

/** The alternatives of a schema: those of its `anyOf` or `oneOf`, those of several types, or itself. */
export function alternativesOf(schema: JsonObject): Json[] {
  const { anyOf, oneOf, type, ...rest } = schema;
  if (Array.isArray(anyOf)) return anyOf;
  if (Array.isArray(oneOf)) return oneOf;
  if (Array.isArray(type) && type.length > 1)
    return type.map((one) => (one === 'null' ? { type: one } : { ...rest, type: one }));
  return [schema];
}
