import { afterEach, describe, expect, it } from '@jest/globals';
import { type SpanCollector, startSpanCollector } from './span-collector.ts';

let collector: SpanCollector;
afterEach(() => collector.stop());

const traceId = (n: number) => String(n).padStart(32, '0');
const send = (trace: number, count: number) => {
  const span = {
    traceId: traceId(trace),
    spanId: '1'.repeat(16),
    name: 'work',
    startTimeUnixNano: '1',
    endTimeUnixNano: '2',
  };
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: Array(count).fill(span) }] }] });
  return fetch(`${collector.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
};

describe('the span collector', () => {
  it('keeps what exporters send and shows one trace', async () => {
    collector = await startSpanCollector();
    expect((await send(7, 2)).status).toBe(200);
    expect(collector.spans(traceId(7))).toHaveLength(2);
    const shown = await fetch(`${collector.url}/traces/${traceId(7)}`);
    expect(await shown.json()).toEqual({ spans: collector.spans(traceId(7)) });
  });

  it('forgets the oldest traces beyond its capacity', async () => {
    collector = await startSpanCollector({ capacity: 10 });
    for (const trace of [1, 2, 3]) await send(trace, 4);
    expect(collector.spans(traceId(1))).toHaveLength(0);
    expect(collector.spans()).toHaveLength(8);
  });

  it('refuses what it cannot read and stays up', async () => {
    collector = await startSpanCollector();
    const refused = await fetch(`${collector.url}/v1/traces`, { method: 'POST', body: '{' });
    expect(refused.status).toBe(400);
    expect((await send(1, 1)).status).toBe(200);
  });
});
