import { describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import type { IncomingMessage } from '../broker/port.ts';
import { defaults } from '../tuning.ts';
import type { Course } from './handling.ts';
import { PartitionWorker } from './partition-worker.ts';
import { GroupCommit } from './group-commit.ts';
import { Slots } from './slots.ts';

const partition = { topic: 't', partition: 0 };
const messages = (from: number, count: number): IncomingMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    ...partition,
    offset: from + index,
    key: null,
    value: null,
    headers: {},
    timestamp: 0,
  }));

function worker(
  handle: (batch: readonly IncomingMessage[], course: Course) => Promise<void> = async () => {},
  after?: Promise<void>,
) {
  const seen = { batches: [] as number[], finished: [] as number[], calls: [] as string[] };
  const consumer = {
    pause: () => void seen.calls.push('pause'),
    resume: () => void seen.calls.push('resume'),
  };
  const duties = {
    handle: (batch: readonly IncomingMessage[], course: Course) => {
      seen.batches.push(batch.length);
      return handle(batch, course);
    },
    finished: (_: object, offset: number) => void seen.finished.push(offset),
    group: new GroupCommit({
      attempt: async () => false,
      slots: new Slots(1),
      enough: 10,
      paceMs: 0,
      signal: new AbortController().signal,
    }),
  };
  const tuning = { ...defaults, maxBatch: 10, maxQueued: 20, outageBaseMs: 1, outageMaxMs: 1 };
  return { ...seen, worker: new PartitionWorker(partition, () => consumer, duties, tuning, after) };
}

describe('the worker of a partition', () => {
  it('takes one message at once, and what gathers meanwhile together, up to the limit', async () => {
    const first = Promise.withResolvers<void>();
    const {
      worker: it,
      batches,
      finished,
    } = worker((batch) => (batch.length === 1 ? first.promise : Promise.resolve()));
    await it.receive(messages(0, 1));
    await eventually(() => expect(batches).toEqual([1]));
    await it.receive(messages(1, 15));
    first.resolve();
    await eventually(() => expect(finished).toEqual([1, 11, 16]));
    expect(batches).toEqual([1, 10, 5]);
    await it.stop();
  });

  it('leaves the partition out of fetching while its queue is full', async () => {
    const gate = Promise.withResolvers<void>();
    const { worker: it, calls, finished } = worker(() => gate.promise);
    await it.receive(messages(0, 40));
    expect(calls).toEqual(['pause']);
    gate.resolve();
    await eventually(() => expect(finished).toEqual([10, 20, 30, 40]));
    expect(calls).toEqual(['pause', 'resume']);
    await it.stop();
  });

  it('counts the batch under way when it is stopped, and none when its partition belongs to another', async () => {
    for (const [end, expected] of [
      ['stop', [3]],
      ['revoke', []],
    ] as const) {
      const gate = Promise.withResolvers<void>();
      const { worker: it, batches, finished } = worker(() => gate.promise);
      await it.receive(messages(0, 3));
      await eventually(() => expect(batches).toEqual([3]));
      const ended = it[end]();
      gate.resolve();
      await ended;
      expect(finished).toEqual(expected);
    }
  });

  it('begins only when its predecessor on the partition has ended', async () => {
    const predecessor = Promise.withResolvers<void>();
    const { worker: it, batches } = worker(undefined, predecessor.promise);
    await it.receive(messages(0, 1));
    expect(batches).toEqual([]);
    predecessor.resolve();
    await eventually(() => expect(batches).toEqual([1]));
    await it.stop();
  });

  it('repeats a batch that failed for whatever reason, and finishes nothing before', async () => {
    let failures = 2;
    const {
      worker: it,
      batches,
      finished,
    } = worker(async () => {
      if (failures-- > 0) throw new Error('a bug');
    });
    await it.receive(messages(0, 2));
    await eventually(() => expect(finished).toEqual([2]));
    expect(batches).toEqual([2, 2, 2]);
    await it.stop();
  });
});
