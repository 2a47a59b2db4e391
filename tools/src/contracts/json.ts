export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a JSON pointer (RFC 6901), with or without `#`, leads to. */
export function at(document: Json | undefined, pointer: string): Json | undefined {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>(
      (value, part) =>
        Array.isArray(value) ? value[Number(part)] : isObject(value) ? value[part] : undefined,
      document,
    );
}

/** The value itself, or what its `$ref` points to. */
export function resolved(document: Json, value: Json | undefined): JsonObject {
  const { $ref, ...beside } = isObject(value) ? value : {};
  if (typeof $ref !== 'string') return beside;
  const target = at(document, $ref);
  if (target === undefined) throw new Error(`${$ref} points to nothing`);
  return { ...resolved(document, target), ...beside };
}
