import { describe, expect, it } from '@jest/globals';
import { Random } from '../random.ts';
import { drawKinds, kinds } from './index.ts';

const names = (seed: number, count: number) => drawKinds(new Random(seed), count).map(({ name }) => name);

describe('the faults of a run', () => {
  it('have names of their own', () => {
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  });

  it('are each drawn once before any is drawn twice', () => {
    expect(new Set(names(1, kinds.length)).size).toBe(kinds.length);
    expect(names(1, kinds.length + 3)).toHaveLength(kinds.length + 3);
  });

  it('are the same for the same seed, and come in another order for another', () => {
    expect(names(1, 40)).toEqual(names(1, 40));
    expect(names(1, 40)).not.toEqual(names(2, 40));
  });

  it('hit the same for the same seed', () => {
    for (const kind of kinds) {
      const [one, other] = [kind.draw(Random.of(5, 1)), kind.draw(Random.of(5, 1))];
      expect([one.target, one.detail]).toEqual([other.target, other.detail]);
    }
  });
});
