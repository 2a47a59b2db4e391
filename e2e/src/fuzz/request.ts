import fc from 'fast-check';
import type { Document, Operation, Parameter } from './document.ts';
import { damaged, hostile, spoiled } from './spoiled.ts';
import { type Known, valid } from './valid.ts';

export type As = 'admin' | 'customer' | 'forged' | 'nobody';

export interface Request {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  as: As;
}

/** Mostly what the document allows, so that it gets past the first check; often with something wrong in one place. */
export function requestsTo(operation: Operation, document: Document, known: Known): fc.Arbitrary<Request> {
  const { method, path, parameters = [] } = operation;
  const given = (where: Parameter['in']) =>
    fc.tuple(
      ...parameters
        .filter((each) => each.in === where)
        .map((each) => argument(each, operation, document, known)),
    );
  return fc
    .record({
      inPath: given('path'),
      inQuery: given('query'),
      inHead: given('header'),
      odd: rarely(fc.constantFrom(...oddities)),
      body: bodyOf(operation, document, known),
      as: callers(operation),
    })
    .map(({ inPath, inQuery, inHead, odd, body, as }) => ({
      method,
      path: `${filled(path, inPath)}${queryOf(inQuery)}`,
      headers: {
        ...Object.fromEntries(inHead.filter(isGiven).map(({ name, text }) => [name, headerText(text)])),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...odd,
      },
      body,
      as,
    }));
}

const rarely = <T>(odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: odd });

interface Argument {
  name: string;
  text: string | undefined;
}

function argument(
  { name, in: where, required, schema }: Parameter,
  { path }: Operation,
  document: Document,
  known: Known,
): fc.Arbitrary<Argument> {
  const isOrder = name === 'orderId' || (name === 'id' && path.includes('/orders/'));
  const meaning = where === 'path' && isOrder ? 'order' : name;
  const right = valid(schema, document, known, meaning);
  const text = fc.oneof(
    { weight: 8, arbitrary: right },
    { weight: 1, arbitrary: hostile },
    ...(where === 'path' ? [] : [{ weight: absence(name, required), arbitrary: fc.constant(undefined) }]),
  );
  return text.map((value) => ({ name, text: value === undefined ? undefined : asText(value) }));
}

/** A cursor that no list gave out would keep everything else from being looked at. */
const absence = (name: string, required = false) => (name === 'cursor' ? 80 : required ? 1 : 8);

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const isGiven = (argument: Argument): argument is Argument & { text: string } => argument.text !== undefined;
/** What a client can put into a header, which is less than what it can be given. */
const headerText = (text: string) =>
  text
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .slice(0, 4_000)
    .trim();
const encoded = (text: string) => encodeURIComponent(text.toWellFormed());

const filled = (path: string, values: Argument[]) =>
  values.reduce((filling, { name, text }) => filling.replace(`{${name}}`, () => segment(text ?? '')), path);

/** An empty segment, or one that URLs leave out (`.`, `..`), would make another path. */
const segment = (text: string) => encoded(/^\.{0,2}$/.test(text) ? ' ' : text.slice(0, 600));

function queryOf(values: Argument[]): string {
  const pairs = values.filter(isGiven).map(({ name, text }) => `${name}=${encoded(text.slice(0, 2_000))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

const oddities: Record<string, string>[] = [
  { 'Content-Encoding': 'gzip' },
  { 'Content-Type': 'text/plain' },
  { 'Content-Type': 'application/json; charset=utf-16' },
  { 'X-Request-Deadline': '0' },
  { 'X-Forwarded-For': '127.0.0.1' },
  { 'X-HTTP-Method-Override': 'DELETE' },
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-01' },
  { Accept: 'image/png' },
  { Range: 'bytes=0-1' },
];

function bodyOf(
  { requestBody, method }: Operation,
  document: Document,
  known: Known,
): fc.Arbitrary<string | undefined> {
  const schema = requestBody?.content['application/json']?.schema;
  if (!schema)
    return method === 'GET' ? fc.constant(undefined) : rarely(hostile.map((value) => JSON.stringify(value)));
  const right = valid(schema, document, known);
  return fc.oneof(
    { weight: 5, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: spoiled(right).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: damaged(right) },
  );
}

function callers({ security, 'x-access': { scope } }: Operation): fc.Arbitrary<As> {
  const right: As = scope === 'admin' ? 'admin' : 'customer';
  if (!security?.length) return fc.constantFrom<As>('nobody', 'nobody', 'customer', 'forged');
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom<As>('customer', 'admin', 'forged', 'nobody') },
  );
}
