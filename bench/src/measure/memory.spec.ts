import { describe, expect, it } from '@jest/globals';
import { parseRollup } from './memory.ts';

describe('the memory of a process', () => {
  it('is read from smaps_rollup', () => {
    const text =
      '00400000-7ffd [rollup]\nRss:              104520 kB\nPss:               61234 kB\nPss_Dirty:           1 kB\n';
    expect(parseRollup(text)).toEqual({ rss: 104_520, pss: 61_234 });
  });
});
