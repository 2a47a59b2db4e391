import { describe, expect, it } from '@jest/globals';
import { aSpan, traceIdOf } from '../span.fixture.ts';
import { SpanStore } from './span-store.ts';

const weight = JSON.stringify(aSpan()).length;
const spanOf = (trace: number) => aSpan({ traceId: traceIdOf(trace) });

describe('the store of spans', () => {
  it('forgets the traces that began first when it is full', () => {
    const store = new SpanStore(10.5 * weight);
    for (const trace of [1, 2, 3]) for (let span = 0; span < 4; span += 1) store.add(spanOf(trace));
    expect([1, 2, 3].map((trace) => store.trace(traceIdOf(trace)).length)).toEqual([0, 4, 4]);
    expect(store.forgetful).toBe(true);
  });

  it('never holds more than it may, whatever comes', () => {
    const store = new SpanStore(100 * weight);
    for (let round = 0; round < 5_000; round += 1) {
      store.add(aSpan({ traceId: traceIdOf(round % 700), name: 'n'.repeat(round % 300) }));
      expect(store.fill).toBeLessThanOrEqual(1);
    }
    const kept = store.traces().flatMap((trace) => [...trace.values()]);
    expect(JSON.stringify(kept).length).toBeLessThanOrEqual(101 * weight);
    expect(kept.length).toBeGreaterThan(30);
  });

  it('lets go of a single trace that grows without end', () => {
    const store = new SpanStore(10 * weight);
    for (let span = 0; span < 100; span += 1) store.add(spanOf(1));
    expect(store.fill).toBeLessThanOrEqual(1);
  });

  it('takes a span that is sent again for the same', () => {
    const store = new SpanStore(10 * weight);
    const span = spanOf(1);
    for (let time = 0; time < 50; time += 1) store.add(span);
    expect(store.trace(span.traceId)).toEqual([span]);
    expect(store.fill).toBeCloseTo(JSON.stringify(span).length / (10 * weight));
  });
});
