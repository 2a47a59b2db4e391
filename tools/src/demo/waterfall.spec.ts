import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { CollectedSpan } from '../telemetry/otlp/spans.ts';
import { waterfall } from './waterfall.ts';

const span = (given: Partial<CollectedSpan>): CollectedSpan => ({
  traceId: 't',
  spanId: 'root',
  parentSpanId: '',
  service: 'gateway',
  name: 'POST /v1/orders',
  kind: 'server',
  startMs: 1_000,
  durationMs: 100,
  attributes: {},
  links: [],
  ...given,
});
const lines = (...spans: CollectedSpan[]) => stripVTControlCharacters(waterfall(spans)).split('\n');

describe('the waterfall of a trace', () => {
  it('puts children below their parents, in the order of their start, with their offsets', () => {
    const [first, second, third] = lines(
      span({
        spanId: 'late',
        parentSpanId: 'root',
        service: 'payments',
        name: 'authorise',
        startMs: 1_050,
        durationMs: 50,
      }),
      span({}),
      span({
        spanId: 'early',
        parentSpanId: 'root',
        service: 'orders',
        name: 'place',
        startMs: 1_010,
        durationMs: 20,
      }),
    );
    expect(first).toMatch(/gateway +POST \/v1\/orders +━{28} +0\.0 +100\.0 ms/);
    expect(second).toMatch(/orders + place .* 10\.0 +20\.0 ms/);
    expect(third).toMatch(/payments + authorise +━{14} +50\.0 +50\.0 ms/);
  });

  it('counts database statements and leaves them out', () => {
    const [, last] = lines(
      span({}),
      span({ spanId: 'sql', parentSpanId: 'root', attributes: { 'db.system.name': 'postgresql' } }),
    );
    expect(last).toContain('2 spans of 1 services in 100 ms; 1 of them database statements');
  });

  it('shows a span whose parent never arrived', () => {
    expect(
      lines(span({}), span({ spanId: 'orphan', parentSpanId: 'lost', service: 'inventory' }))[1],
    ).toMatch(/^ {2}inventory {5}POST/);
  });
});
