import fc from 'fast-check';
import { type Document, resolve, type Schema } from './document.ts';

/** Ids that exist in the shop, so that not everything ends as "not found". New ones are added while the run goes on. */
export interface Known {
  products: string[];
  orders: string[];
}

/** Values that fit a schema. `name` is the property's or parameter's. */
export function valid(schema: Schema, document: Document, known: Known, name = ''): fc.Arbitrary<unknown> {
  const at = resolve(schema, document);
  const inner = (of: Schema, called = name) => valid(of, document, known, called);
  if (at.const !== undefined) return fc.constant(at.const);
  if (at.enum) return fc.constantFrom(...at.enum);
  if (at.anyOf) return fc.oneof(...at.anyOf.map((one) => inner(one)));
  switch (at.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(at.properties ?? {}).map(([key, of]) => [key, inner(of, key)])),
        { requiredKeys: at.required ?? [] },
      );
    case 'array':
      return fc.array(inner(at.items ?? {}), {
        minLength: at.minItems ?? 0,
        maxLength: Math.min(at.maxItems ?? 5, 500),
        size: 'small',
      });
    case 'integer':
      return fc.oneof(
        { weight: 30, arbitrary: fc.integer(sensible(at)) },
        { weight: 1, arbitrary: fc.integer(allowed(at)) },
      );
    case 'string':
      return text(at, known, name);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

const allowed = ({
  minimum = -Number.MAX_SAFE_INTEGER,
  exclusiveMinimum = minimum - 1,
  maximum = Number.MAX_SAFE_INTEGER,
}: Schema) => ({ min: Math.max(minimum, exclusiveMinimum + 1), max: maximum });

/** Small numbers are likelier to make sense together. */
function sensible(schema: Schema) {
  const { min, max } = allowed(schema);
  return { min: Math.max(min, -1_000_000), max: Math.min(max, 1_000_000) };
}

function text(schema: Schema, known: Known, name: string): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return id(known, name);
  if (name === 'category') return mostly(['mugs', 'tea', 'books'], schema);
  if (name === 'currency') return mostly(['EUR'], schema);
  if (name === 'paymentToken') return fc.constantFrom('tok_ok', 'tok_declined', 'tok_insufficient_funds');
  if (name.startsWith('If-')) return fc.constantFrom('"1"', '"2"', '"3"', '"1-5"', '*', 'W/"1"');
  if (name === 'Last-Event-ID') return fc.nat(20).map(String);
  if (name === 'Accept') return fc.constantFrom('application/json', 'text/event-stream', '*/*');
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  const { minLength = 0, maxLength = 200 } = schema;
  return fc.string({ minLength, maxLength, unit: name.includes('-') ? 'grapheme-ascii' : 'grapheme' });
}

function id(known: Known, name: string): fc.Arbitrary<string> {
  const pool = name === 'order' ? known.orders : known.products;
  const existing = fc.nat().map((index) => pool[index % pool.length] ?? '');
  // Orders waits a second for a product that it may not have heard of yet, so those that there are not are rare.
  return fc.oneof({ weight: 200, arbitrary: existing }, { weight: 1, arbitrary: fc.uuid({ version: 7 }) });
}

/** The same few, or the list of categories would become as long as that of products, and no order could be summed up. */
const mostly = (few: string[], { pattern = '' }: Schema) =>
  fc.oneof(
    { weight: 100, arbitrary: fc.constantFrom(...few) },
    { weight: 1, arbitrary: fc.stringMatching(new RegExp(pattern)) },
  );
