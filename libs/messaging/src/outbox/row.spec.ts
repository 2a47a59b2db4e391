import { describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { LANES, laneOf } from './row.ts';

describe('the lane of a key', () => {
  it('is the same in every process and release, or two relays would send one key', () => {
    expect(['', 'a', '01936f2a-0000-7000-8000-000000000001'].map(laneOf)).toEqual([5, 12, 3]);
  });

  it('spreads ids that follow each other over all lanes', () => {
    const counts = Map.groupBy(Array.from({ length: 1_600 }, newId), laneOf);
    expect(counts.size).toBe(LANES);
    for (const keys of counts.values()) expect(keys.length).toBeLessThan(200);
  });
});
