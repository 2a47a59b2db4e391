type Json = Record<string, unknown>;

/** Reduces a reference to the reference, and drops components that nothing refers to. */
export function tidy<T extends object>(document: T): T {
  const tidied = referencesOnly(document) as T & { components?: { schemas?: Json } };
  const schemas = tidied.components?.schemas ?? {};
  for (let before = -1; before !== Object.keys(schemas).length;) {
    before = Object.keys(schemas).length;
    const text = JSON.stringify(tidied);
    for (const name of Object.keys(schemas)) {
      if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
    }
  }
  return tidied;
}

function referencesOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referencesOnly);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref } = value as Json;
  if (typeof $ref === 'string') return { $ref };
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, referencesOnly(child)]));
}
