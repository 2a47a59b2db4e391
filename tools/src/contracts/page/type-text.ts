import { isObject, type Json, type JsonObject } from '../json.ts';

/** A schema in a few words, such as `Money | null` or `{ productId: uuid, quantity: integer }[]`. */
export function typeText(schema: Json | undefined): string {
  if (!isObject(schema)) return 'anything';
  const { $ref, type, format, items, properties, anyOf, enum: values } = schema;
  if (typeof $ref === 'string') return $ref.split('/').at(-1)!;
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (Array.isArray(anyOf)) return anyOf.map(typeText).join(' | ');
  if (Array.isArray(type)) return type.join(' | ');
  if (type === 'array') return `${enclosed(typeText(items))}[]`;
  if (isObject(properties)) return `{ ${fieldsText(schema)} }`;
  if (typeof format === 'string') return format;
  return typeof type === 'string' ? type : 'anything';
}

/** The fields of an object with their types; an optional one with a question mark. */
export function fieldsText({ properties, required = [] }: JsonObject): string {
  return Object.entries((properties ?? {}) as JsonObject)
    .map(([name, field]) => `${name}${(required as Json[]).includes(name) ? '' : '?'}: ${typeText(field)}`)
    .join(', ');
}

const enclosed = (text: string) => (text.includes(' | ') ? `(${text})` : text);

/** Text as code in a table's cell. */
export const code = (text: string): string => (text ? `\`${text.replaceAll('|', '\\|')}\`` : '');

/** A table in Markdown. */
export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
