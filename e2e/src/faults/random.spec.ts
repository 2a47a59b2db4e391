import { describe, expect, it } from '@jest/globals';
import { Random } from './random.ts';

const draws = (random: Random) => Array.from({ length: 1_000 }, () => random.next());

describe('random numbers', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(draws(new Random(7))).toEqual(draws(new Random(7)));
    expect(draws(new Random(7))[0]).not.toBe(draws(new Random(8))[0]);
    expect(Random.of(7, 1).next()).not.toBe(Random.of(7, 2).next());
  });

  it('are spread evenly, also over the members of a series', () => {
    const series = Array.from({ length: 1_000 }, (_, index) => Random.of(1, index).next());
    for (const list of [draws(new Random(1)), series]) {
      const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
      expect(mean).toBeGreaterThan(0.45);
      expect(mean).toBeLessThan(0.55);
    }
  });

  it('pick by weight, and shuffle without losing anything', () => {
    const random = new Random(3);
    const picked = Array.from({ length: 1_000 }, () => random.weighted({ often: 9, seldom: 1 }));
    const seldom = picked.filter((name) => name === 'seldom').length;
    expect(seldom).toBeGreaterThan(50);
    expect(seldom).toBeLessThan(200);
    expect(random.shuffled([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
  });
});
