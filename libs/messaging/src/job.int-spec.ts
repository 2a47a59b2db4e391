import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { listDeadLetters } from './dead-letters.ts';
import { Consumer, Handles } from './handles.ts';
import { envelope, vocabulary, type World, world } from './messaging.fixture.ts';
import type { Payload } from './vocabulary.fixture.ts';

const words = vocabulary();
const COUNT = 500;
let seen: number[] = [];
let handle = async (_payload: Payload): Promise<void> => {};

@Consumer()
class Function {
  @Handles(words.Counted)
  async counted(payload: Payload) {
    await handle(payload);
    seen.push(payload.n);
  }
}

describe('a job', () => {
  let stage: World;
  const start = (job: { idleMs: number; maxMs: number }, tuning = {}) =>
    stage.replica({ stateless: true, consumers: [Function], job, tuning });
  const send = (count: number) =>
    stage.send(...Array.from({ length: count }, (_, n) => envelope(words.Counted, { key: `k${n % 20}`, n })));
  const numbers = () => seen.toSorted((a, b) => a - b);
  const all = Array.from({ length: COUNT }, (_, n) => n);

  beforeAll(async () => void (stage = await world(words)));
  afterAll(() => stage[Symbol.asyncDispose]());
  afterEach(() => {
    seen = [];
    handle = async () => {};
  });

  it('handles what is there, commits it and exits with 0', async () => {
    await send(COUNT);
    // So that it takes longer than a job waits when nothing is there.
    handle = () => sleep(3);
    const job = await start({ idleMs: 300, maxMs: 60_000 });
    expect(await job.exited).toBe(0);
    expect(numbers()).toEqual(all);
    expect(await stage.lag()).toBe(0);
  });

  it('exits with 0 when nothing is there', async () => {
    const job = await start({ idleMs: 100, maxMs: 60_000 });
    expect(await job.exited).toBe(0);
  });

  it('finishes what is in hand when its time is over, and leaves the rest to the next', async () => {
    await send(COUNT);
    // Three partitions at 25 a second: some 300, less what it takes to join.
    handle = () => sleep(40);
    const short = await start({ idleMs: 300, maxMs: 4_000 }, { maxBatch: 10 });
    expect(await short.exited).toBe(0);
    const first = seen.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(COUNT);
    expect(await stage.lag()).toBe(COUNT - first);

    handle = async () => {};
    expect(await (await start({ idleMs: 300, maxMs: 60_000 })).exited).toBe(0);
    expect(numbers()).toEqual(all);
  });

  it('shares the work with another one', async () => {
    await send(COUNT);
    const jobs = await Promise.all([1, 2].map(() => start({ idleMs: 300, maxMs: 60_000 })));
    expect(await Promise.all(jobs.map(({ exited }) => exited))).toEqual([0, 0]);
    expect(new Set(seen)).toEqual(new Set(all));
    expect(await stage.lag()).toBe(0);
  });

  it('waits for a message that is put off', async () => {
    let failures = 0;
    handle = async () => {
      if (failures++ < 3) throw new Error('not yet');
    };
    await send(1);
    const job = await start({ idleMs: 100, maxMs: 60_000 }, { retryDelaysMs: [1_000] });
    expect(await job.exited).toBe(0);
    expect(seen).toEqual([0]);
  });

  it('gives up a handler that hangs, parks its message as a timeout, and goes on', async () => {
    handle = ({ n }) => (n === 1 ? new Promise(() => {}) : Promise.resolve());
    await send(3);
    const job = await start({ idleMs: 100, maxMs: 60_000 }, { handleWithinMs: 50, retryDelaysMs: [50] });
    expect(await job.exited).toBe(0);
    expect(numbers()).toEqual([0, 2]);
    const [letter, ...others] = await eventually(() =>
      listDeadLetters(stage.brokers, { group: words.group }),
    );
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      reason: 'timeout',
      error: 'TimeoutError: no answer within 50 ms',
      attempts: 6,
    });
  });
});
