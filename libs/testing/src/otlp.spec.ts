import { describe, expect, it } from '@jest/globals';
import { spansOf } from './otlp.ts';

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
});
