import { describe, expect, it } from '@jest/globals';
import { settled } from './orders.ts';

describe('the orders of a load', () => {
  const accepted = new Set(['a', 'b', 'c']);

  it('are asked for until each has ended', async () => {
    const looks = [
      new Map([
        ['a', 'CONFIRMED'],
        ['b', 'PENDING'],
      ]),
      new Map([
        ['a', 'CONFIRMED'],
        ['b', 'CONFIRMED'],
        ['c', 'CONFIRMED'],
        ['of another load', 'PENDING'],
      ]),
    ];
    const seen = await settled(
      { accepted, standings: () => Promise.resolve(looks.shift()!) },
      { everyMs: 1 },
    );
    expect(seen.lost).toBe(0);
    expect(String(seen)).toBe('3 orders accepted, 0 lost (3 CONFIRMED)');
  });

  it('are lost that are refused, and all of them when nobody can say', async () => {
    const refused = new Map([...accepted].map((id) => [id, id === 'b' ? 'REJECTED' : 'CONFIRMED']));
    const one = await settled({ accepted, standings: () => Promise.resolve(refused) }, { everyMs: 1 });
    expect(String(one)).toBe('3 orders accepted, 1 lost (2 CONFIRMED, 1 REJECTED)');
    const silent = { accepted, standings: () => Promise.reject(new Error('no answer')) };
    expect((await settled(silent, { timeoutMs: 20, everyMs: 5 })).lost).toBe(3);
  });

  it('are lost that are not there, or never end', async () => {
    const standings = () =>
      Promise.resolve(
        new Map([
          ['a', 'CONFIRMED'],
          ['b', 'PENDING'],
        ]),
      );
    const seen = await settled({ accepted, standings }, { timeoutMs: 20, everyMs: 5 });
    expect(seen.lost).toBe(2);
    expect(String(seen)).toBe('3 orders accepted, 2 lost (1 CONFIRMED, 1 PENDING, 1 missing)');
  });
});
