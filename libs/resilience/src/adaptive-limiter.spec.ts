import { beforeEach, describe, expect, it } from '@jest/globals';
import { AdaptiveLimiter, type Permit, type Priority } from './adaptive-limiter.ts';

describe('an adaptive limiter', () => {
  let now: number;
  let limiter: AdaptiveLimiter;
  const fill = (priority: Priority): Permit[] => {
    const permits: Permit[] = [];
    for (let permit = limiter.tryAcquire(priority); permit; permit = limiter.tryAcquire(priority))
      permits.push(permit);
    return permits;
  };
  /** Windows in which everything that fits is in flight and takes `latencyMs`. */
  const windows = (count: number, latencyMs: number, outcome?: 'dropped') => {
    for (let i = 0; i < count; i++) {
      const permits = fill('checkout');
      now += latencyMs;
      for (const permit of permits) permit.release(outcome);
      now += 200;
    }
  };

  beforeEach(() => {
    now = 0;
    limiter = new AdaptiveLimiter({
      initial: 10,
      min: 4,
      max: 40,
      targetMs: 100,
      windowMs: 50,
      now: () => now,
    });
  });

  it('lets checkout use all of the limit, browsing four fifths, batch work half', () => {
    expect(fill('batch')).toHaveLength(5);
    expect(fill('browse')).toHaveLength(3);
    expect(fill('checkout')).toHaveLength(2);
  });

  it('gives each place back once', () => {
    const [first] = fill('checkout');
    first?.release();
    first?.release();
    expect(limiter.snapshot()).toEqual({ limit: 10, inFlight: 9 });
  });

  it('grows while answers are quick, up to its maximum', () => {
    windows(3, 60);
    expect(limiter.snapshot().limit).toBeGreaterThan(12);
    windows(30, 60);
    expect(limiter.snapshot().limit).toBe(40);
  });

  it('shrinks while answers are slow or dropped, down to its minimum', () => {
    windows(1, 150);
    expect(limiter.snapshot().limit).toBe(9);
    windows(1, 60, 'dropped');
    expect(limiter.snapshot().limit).toBe(8);
    windows(30, 150);
    expect(limiter.snapshot().limit).toBe(4);
  });

  it('settles where throughput × target latency says', () => {
    for (let i = 0; i < 400; i++) windows(1, limiter.snapshot().limit * 5);
    expect(limiter.snapshot().limit).toBeGreaterThanOrEqual(15);
    expect(limiter.snapshot().limit).toBeLessThanOrEqual(26);
  });

  it('does not grow while it is not used', () => {
    for (let i = 0; i < 50; i++) {
      const permit = limiter.tryAcquire('checkout');
      now += 60;
      permit?.release();
    }
    expect(limiter.snapshot().limit).toBe(10);
  });

  it('does not shrink for the few that are slow by themselves', () => {
    for (let i = 0; i < 50; i++) {
      const permit = limiter.tryAcquire('batch');
      now += 1_000;
      permit?.release();
    }
    expect(limiter.snapshot().limit).toBe(10);
  });

  it('learns nothing from a stream', () => {
    const stream = limiter.tryAcquire('browse');
    now += 60_000;
    stream?.release('ignored');
    windows(1, 60);
    expect(limiter.snapshot().limit).toBeGreaterThan(10);
  });
});
