import { describe, expect, it } from '@jest/globals';
import { findSaturation } from './saturation.ts';

/** Confirms what is offered up to `capacity(rate)`. */
const system = (capacity: (rate: number) => number) => {
  const rates: number[] = [];
  const measure = async (rate: number) => {
    rates.push(rate);
    return { rate, confirmedPerSecond: Math.min(rate, capacity(rate)) };
  };
  return { rates, measure };
};

describe('the search for saturation', () => {
  it('ends soon after more load stops to bring more', async () => {
    const { rates, measure } = system(() => 500);
    const { best } = await findSaturation(100, measure);
    expect(best).toBe(500);
    expect(rates.at(-1)).toBeLessThanOrEqual(1_300);
  });

  it('goes on beyond a step that was not sustained while bigger batches still bring more', async () => {
    const { measure } = system((rate) => Math.min(300, 60 + rate / 2));
    const { best, steps } = await findSaturation(150, measure);
    expect(steps[1]?.confirmedPerSecond).toBeLessThan(steps[1]!.rate * 0.9);
    expect(best).toBe(300);
  });

  it('does not bury a slow system under load that it cannot take', async () => {
    const { rates, measure } = system(() => 40);
    await findSaturation(100, measure);
    expect(Math.max(...rates)).toBeLessThanOrEqual(120);
  });

  it('keeps the best when a system breaks down under load', async () => {
    const { measure } = system((rate) => (rate > 400 ? 50 : 400));
    expect((await findSaturation(100, measure)).best).toBe(256);
  });
});
