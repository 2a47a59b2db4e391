import { describe, expect, it } from '@jest/globals';
import { spansOf } from './spans.ts';

const span = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentSpanId: '00f067aa0ba902b7',
  name: 'POST /v1/orders',
  kind: 2,
  startTimeUnixNano: '1893456000000500000',
  endTimeUnixNano: '1893456000002750000',
  attributes: [
    { key: 'http.route', value: { stringValue: '/v1/orders' } },
    { key: 'http.response.status_code', value: { intValue: '202' } },
    { key: 'tags', value: { arrayValue: { values: [{ stringValue: 'a' }, { boolValue: true }] } } },
  ],
  links: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: [] }],
  status: { code: 2, message: 'boom' },
};
const body = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'orders' } }] },
      scopeSpans: [{ spans: [span] }],
    },
  ],
};

describe('an OTLP export in JSON', () => {
  it('becomes spans with times in milliseconds and plain attributes', () => {
    expect(spansOf(body)).toEqual([
      {
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId,
        service: 'orders',
        name: 'POST /v1/orders',
        kind: 'server',
        startMs: 1_893_456_000_000.5,
        durationMs: 2.25,
        attributes: { 'http.route': '/v1/orders', 'http.response.status_code': 202, tags: ['a', true] },
        links: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16) }],
        error: 'boom',
      },
    ]);
  });

  it('may lack everything that is optional', () => {
    const { traceId, spanId, name, startTimeUnixNano, endTimeUnixNano } = span;
    const bare = {
      resourceSpans: [
        { scopeSpans: [{ spans: [{ traceId, spanId, name, startTimeUnixNano, endTimeUnixNano }] }] },
      ],
    };
    expect(spansOf(bare)).toMatchObject([
      { service: 'unknown', parentSpanId: '', attributes: {}, links: [] },
    ]);
    expect(spansOf({})).toEqual([]);
  });

  it.each([
    ['an id of the wrong length', { traceId: 'abc' }],
    ['an id that is none', { spanId: 'z'.repeat(16) }],
    ['an id of another type', { traceId: { $ne: 1 } }],
    ['a time before all time', { startTimeUnixNano: '-1' }],
    ['a time that is none', { endTimeUnixNano: 'noon' }],
    ['no name', { name: undefined }],
    ['a kind that there is not', { kind: 9 }],
    ['attributes that are no list', { attributes: { a: 1 } }],
  ])('is refused for %s', (_, wrong) => {
    const spans = [{ ...span, ...wrong }];
    expect(() => spansOf({ resourceSpans: [{ scopeSpans: [{ spans }] }] })).toThrow();
  });

  it('is refused when it is none', () => {
    for (const none of [null, [], 'spans', { resourceSpans: 7 }, { resourceSpans: [{ scopeSpans: {} }] }])
      expect(() => spansOf(none)).toThrow();
  });

  it('is kept short, however long it was sent', () => {
    const pair = (key: string) => ({ key, value: { stringValue: 'x'.repeat(10_000) } });
    const attributes = Array.from({ length: 1_000 }, (_, index) => pair(`key-${index}`));
    const [kept] = spansOf({
      resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes, name: 'n'.repeat(10_000) }] }] }],
    });
    expect(kept!.name).toHaveLength(2_048);
    expect(Object.values(kept!.attributes).map((text) => String(text).length)).toEqual(Array(64).fill(2_048));
  });

  it('is not walked to the bottom of what nests', () => {
    const deep = JSON.parse(`${'{"arrayValue":{"values":['.repeat(5_000)}${']}}'.repeat(5_000)}`);
    const attributes = [{ key: 'deep', value: deep }];
    const [kept] = spansOf({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes }] }] }] });
    expect(kept!.attributes).toEqual({ deep: [undefined] });
  });

  it('never takes less than no time', () => {
    const spans = [{ ...span, endTimeUnixNano: '1' }];
    expect(spansOf({ resourceSpans: [{ scopeSpans: [{ spans }] }] })[0]!.durationMs).toBe(0);
  });
});
