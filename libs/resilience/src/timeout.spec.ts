import { describe, expect, it } from '@jest/globals';
import { compose } from './policy.ts';
import { timeout, TimeoutError } from './timeout.ts';

describe('a timeout', () => {
  it('ends work that does not listen to its signal, and aborts the signal', async () => {
    let seen: AbortSignal | undefined;
    const hanging = timeout(5)((signal) => {
      seen = signal;
      return new Promise(() => undefined);
    });
    await expect(hanging).rejects.toThrow(TimeoutError);
    expect(seen?.aborted).toBe(true);
  });

  it('passes on results and errors that come in time', async () => {
    await expect(timeout(1_000)(() => Promise.resolve(1))).resolves.toBe(1);
    await expect(timeout(1_000)(() => Promise.reject(new Error('own')))).rejects.toThrow('own');
  });

  it('ends at once when the caller gives up, with the caller’s reason', async () => {
    const caller = new AbortController();
    const work = timeout(10_000)(() => new Promise(() => undefined), caller.signal);
    caller.abort(new Error('gone'));
    await expect(work).rejects.toThrow('gone');
  });
});

describe('compose', () => {
  it('puts the first policy outermost', async () => {
    const order: string[] = [];
    const named =
      (name: string) =>
      async <T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => {
        order.push(name);
        return work(signal!);
      };
    await compose(named('outer'), named('inner'))(() => Promise.resolve(order.push('work')));
    expect(order).toEqual(['outer', 'inner', 'work']);
  });
});
