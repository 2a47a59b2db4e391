import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';

describe('the fake clock', () => {
  it('stands still until it is told to move', async () => {
    const clock = new FakeClock(1_000);
    expect(clock.now()).toBe(1_000);
    await clock.advance(250);
    expect(clock.now()).toBe(1_250);
  });

  it('wakes sleepers in the order of their times, each at its own time', async () => {
    const clock = new FakeClock(0);
    const woken: [string, number][] = [];
    void clock.sleep(200).then(() => woken.push(['late', clock.now()]));
    void clock.sleep(100).then(() => woken.push(['early', clock.now()]));
    void clock.sleep(900).then(() => woken.push(['never', clock.now()]));
    await clock.advance(500);
    expect(woken).toEqual([
      ['early', 100],
      ['late', 200],
    ]);
  });

  it('lets a sleeper sleep again within the same advance', async () => {
    const clock = new FakeClock(0);
    const woken: number[] = [];
    void clock
      .sleep(10)
      .then(() => woken.push(clock.now()))
      .then(() => clock.sleep(10))
      .then(() => woken.push(clock.now()));
    await clock.advance(30);
    expect(woken).toEqual([10, 20]);
  });
});
