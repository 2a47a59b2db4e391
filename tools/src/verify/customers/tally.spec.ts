import { describe, expect, it } from '@jest/globals';
import { Tally } from './tally.ts';

describe('the tally of a load', () => {
  it('says how many calls failed, and in which ways', () => {
    const tally = new Tally();
    tally.count(12);
    tally.count(40.4, '503 service/unavailable');
    tally.count(7, '503 service/unavailable');
    tally.count(3, 'ECONNRESET');
    expect(tally.failed).toBe(3);
    expect(String(tally)).toBe(
      '4 calls, 3 failed, the slowest took 40 ms; 2 × 503 service/unavailable from second 0; 1 × ECONNRESET from second 0',
    );
  });

  it('knows of no failure where there was none', () => {
    const tally = new Tally();
    tally.count(5);
    expect([tally.failed, String(tally)]).toEqual([0, '1 calls, 0 failed, the slowest took 5 ms']);
  });
});
