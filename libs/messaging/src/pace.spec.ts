import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.ts';

describe('a pace', () => {
  const { signal } = new AbortController();
  const timed = async (pace: Pace) => {
    const began = performance.now();
    await pace.start(signal);
    return performance.now() - began;
  };

  it('lets the first start go at once, and keeps the next apart', async () => {
    const pace = new Pace(600);
    expect(await timed(pace)).toBeLessThan(300);
    expect(await timed(pace)).toBeGreaterThan(200);
  });

  it('lets a start go at once after a rest', async () => {
    const pace = new Pace(300);
    await pace.start(signal);
    await new Promise((resolve) => setTimeout(resolve, 310));
    expect(await timed(pace)).toBeLessThan(150);
  });

  it('holds nobody up who is told to stop', async () => {
    const pace = new Pace(60_000);
    await pace.start(signal);
    const stopping = new AbortController();
    const waiting = pace.start(stopping.signal);
    stopping.abort();
    await waiting;
  });
});
