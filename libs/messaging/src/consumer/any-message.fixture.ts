import { newId } from '@shop/contracts';
import fc from 'fast-check';
import type { MessageHeaders, OutgoingMessage } from '../broker/port.ts';
import { envelope, type vocabulary } from '../messaging.fixture.ts';

type Message = Omit<OutgoingMessage, 'topic'>;
type Change = (message: Message) => Message;

export interface Sent {
  message: Message;
  /** What must become of it. */
  fate: 'handled' | 'parked';
  what: string;
}

const body =
  (value: Message['value']): Change =>
  (message) => ({ ...message, value });
const heads =
  (headers: MessageHeaders): Change =>
  (message) => ({
    ...message,
    headers: { ...message.headers, ...headers },
  });
const json = (values: fc.Arbitrary<unknown>) => values.map((value) => body(JSON.stringify(value)));

/** What a message may carry besides. */
const company = fc
  .record(
    {
      traceparent: fc.oneof(fc.string(), fc.constant('00-0-0-0')),
      ce_time: fc.constantFrom('never', '', '+275760-09-13T00:00:00.000Z', '2026-01-01T00:00:00Z'),
      'x-long': fc.constant('x'.repeat(10_000)),
      'retry-attempt': fc.constantFrom('-1', '99', 'NaN', '1e400'),
      'origin-offset': fc.constantFrom('-1', 'x'),
    },
    { requiredKeys: [] },
  )
  .map(heads);

const faulty: Record<string, fc.Arbitrary<Change>> = {
  'cut off': fc.nat(11).map((length) => body('{"key":"a","n":1}'.slice(0, length))),
  'not UTF-8': fc
    .uint8Array({ maxLength: 99 })
    .map((bytes) => body(Buffer.from([0x22, 0xff, ...bytes, 0x22]))),
  'without a body': fc.constant(body(null)),
  'any JSON': json(fc.jsonValue()),
  'wrong types': json(fc.record({ key: fc.oneof(fc.integer(), fc.constant(null)), n: fc.integer() })),
  'a number that is none': fc
    .constantFrom('1e400', '1.5', '9007199254740993', '-', '0x1', '01', 'NaN')
    .map((n) => body(`{"key":"a","n":${n}}`)),
  huge: fc.integer({ min: 500_000, max: 900_000 }).map((size) => body(`{"key":"${'x'.repeat(size)}"}`)),
  deep: fc
    .integer({ min: 1_000, max: 200_000 })
    .map((levels) => body('['.repeat(levels) + ']'.repeat(levels))),
  'NUL, which PostgreSQL cannot store': fc.integer().map((n) => body(JSON.stringify({ key: 'a\u0000', n }))),
  'no id': fc.constantFrom('42', ' ', '\u0000', `${newId()}0`).map((id) => heads({ ce_id: id })),
  'another version of CloudEvents': fc
    .constantFrom('0.3', '1', '1.00')
    .map((v) => heads({ ce_specversion: v })),
  'another type': fc
    .constantFrom('', '\u0000', 'spec.counted.v2', 'spec.counted', '__proto__', 'x'.repeat(5_000))
    .map((type) => heads({ ce_type: type })),
  'a missing header': fc
    .constantFrom('ce_id', 'ce_type', 'ce_source', 'ce_specversion')
    .map((name): Change => ({ headers: { [name]: _, ...headers }, ...message }) => ({ ...message, headers })),
  nothing: fc.constant(() => ({ key: null, value: '', headers: {} })),
};

/** Messages of any kind: good ones in strange company, and all that can be wrong with one. */
export function anyMessage({ Counted }: ReturnType<typeof vocabulary>): fc.Arbitrary<Sent> {
  const payload = fc.record({
    key: fc.string({ maxLength: 40, unit: 'grapheme' }),
    n: fc.integer(),
    // A field that this version does not know yet.
    more: fc.option(fc.jsonValue(), { nil: undefined }),
  });
  const kind = (what: string, fate: Sent['fate'], change: fc.Arbitrary<Change>) =>
    fc
      .tuple(payload, change)
      .map(([given, apply]): Sent => ({ message: apply(envelope(Counted, given)), fate, what }));
  return fc.oneof(
    { weight: 14, arbitrary: kind('good', 'handled', company) },
    ...Object.entries(faulty).map(([what, change]) => ({
      weight: 1,
      arbitrary: kind(what, 'parked', change),
    })),
  );
}
