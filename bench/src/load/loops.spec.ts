import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { closedLoop, openLoop } from './loops.ts';

describe('the load generator', () => {
  it('keeps the rate of an open loop while every call is slow', async () => {
    const intended: number[] = [];
    const began = performance.now();
    await openLoop(100, 0.3, async (at) => {
      intended.push(at - began);
      await sleep(200);
    });
    expect(intended).toHaveLength(30);
    expect(intended.at(-1)).toBeLessThan(350);
  });

  it('keeps so many calls of a closed loop under way, and waits for the last of them', async () => {
    let [underWay, most, ended] = [0, 0, 0];
    await closedLoop(4, 0.6, async () => {
      most = Math.max(most, ++underWay);
      await sleep(50);
      underWay--;
      ended++;
    });
    expect({ most, underWay }).toEqual({ most: 4, underWay: 0 });
    expect(ended).toBeGreaterThanOrEqual(8);
  });
});
