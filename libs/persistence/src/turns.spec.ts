import { describe, expect, it, jest } from '@jest/globals';
import { Deadline, withDeadline } from '@shop/resilience';
import { Turns, type Urgency } from './turns.ts';

describe('turns', () => {
  it('go to accepted work first, each kind in order of arrival', async () => {
    const turns = new Turns(1);
    const gate = Promise.withResolvers<void>();
    const log: string[] = [];
    const take = (name: string, urgency: Urgency) => turns.run(urgency, async () => void log.push(name));
    const all = [
      turns.run('new', () => gate.promise),
      take('new 1', 'new'),
      take('accepted 1', 'accepted'),
      take('new 2', 'new'),
      take('accepted 2', 'accepted'),
    ];
    gate.resolve();
    await Promise.all(all);
    expect(log).toEqual(['accepted 1', 'accepted 2', 'new 1', 'new 2']);
  });

  it('are refused to who waits past the deadline of its request', async () => {
    const turns = new Turns(1, 5_000);
    const gate = Promise.withResolvers<void>();
    const holder = turns.run('accepted', () => gate.promise);
    const started = performance.now();
    const hurried = withDeadline(Deadline.in(20), () => turns.run('new', () => Promise.resolve()));
    await expect(hurried).rejects.toThrow('no database connection came free in time');
    expect(performance.now() - started).toBeLessThan(2_500);
    gate.resolve();
    await holder;
  });

  it('are refused to who waits too long, and go to the next', async () => {
    const turns = new Turns(1, 200);
    const gate = Promise.withResolvers<void>();
    const done = jest.fn(() => Promise.resolve());
    const holder = turns.run('accepted', () => gate.promise);
    const patient = turns.run('new', done);
    await expect(patient).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    const next = turns.run('new', done);
    gate.resolve();
    await Promise.all([holder, next]);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it('are given back by work that fails', async () => {
    const turns = new Turns(1);
    await expect(turns.run('new', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.run('new', () => Promise.resolve('yes'))).resolves.toBe('yes');
  });
});
