import { describe, expect, it } from '@jest/globals';
import { bulkhead, BulkheadFullError } from './bulkhead.ts';

const held = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let started = false;
  const work = () => {
    started = true;
    return promise;
  };
  return { work, finish: resolve, started: () => started };
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a bulkhead', () => {
  it('runs as much as it has places for, queues some, and refuses the rest', async () => {
    const policy = bulkhead({ name: 'test', concurrency: 1, queue: 1 });
    const [first, second] = [held(), held()];
    const running = [policy(first.work), policy(second.work)];
    await expect(policy(held().work)).rejects.toThrow(BulkheadFullError);
    expect(second.started()).toBe(false);
    first.finish();
    await settle();
    expect(second.started()).toBe(true);
    second.finish();
    await Promise.all(running);
  });

  it('gives the place back when work fails', async () => {
    const policy = bulkhead({ name: 'test', concurrency: 1, queue: 0 });
    await expect(policy(() => Promise.reject(new Error('own')))).rejects.toThrow('own');
    await expect(policy(() => Promise.resolve(1))).resolves.toBe(1);
  });

  it('frees the queue at once when someone stops waiting', async () => {
    const policy = bulkhead({ name: 'test', concurrency: 1, queue: 1 });
    const [first, third] = [held(), held()];
    const running = policy(first.work);
    const caller = new AbortController();
    const impatient = policy(held().work, caller.signal);
    caller.abort(new Error('gone'));
    await expect(impatient).rejects.toThrow('gone');
    const patient = policy(third.work);
    first.finish();
    third.finish();
    await Promise.all([running, patient]);
  });
});
