import { describe, expect, it } from '@jest/globals';
import { oversized } from './sizes.ts';

const files = (...lines: number[]) => lines.map((count, index) => ({ path: `${index}.ts`, lines: count }));

describe('sizes', () => {
  it('are right when files are short', () => {
    expect(oversized(files(...Array(20).fill(40), 120, 250))).toEqual([]);
  });

  it('are wrong with a single long file', () => {
    expect(oversized(files(...Array(20).fill(40), 251))).toEqual(['20.ts: 251 lines, of at most 250']);
  });

  it('are wrong when most files are long', () => {
    expect(oversized(files(...Array(20).fill(140)))).toEqual([
      'the median file has 140 lines, of at most 60',
      'the 90th percentile file has 140 lines, of at most 130',
    ]);
  });
});
