import { hash } from 'node:crypto';

/** SHA-256 of an operation and its body; the order of an object's fields does not count. */
export const fingerprintOf = (operation: string, body: unknown): Buffer =>
  hash('sha256', JSON.stringify([operation, sorted(body)]), 'buffer');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || 'toJSON' in value) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, field]) => [name, sorted(field)]));
}
