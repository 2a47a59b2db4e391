import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from '../broker/port.ts';
import { GroupCommit, type Member } from './group-commit.ts';
import { Slots } from './slots.ts';

const messages = (count: number) => Array.from({ length: count }, () => ({}) as IncomingMessage);

function group({
  attempt = async () => true,
  enough = 10,
}: {
  attempt?: () => Promise<boolean>;
  enough?: number;
}) {
  const sizes: number[] = [];
  const commit = new GroupCommit({
    attempt: (list) => (sizes.push(list.length), attempt()),
    slots: new Slots(1),
    enough,
    paceMs: 0,
    signal: new AbortController().signal,
  });
  const log: string[] = [];
  const member = (name: string, count: number, apart = Promise.resolve()): Member => ({
    gather: () => messages(count),
    committed: (list) => void log.push(`${name} committed ${list.length}`),
    apart: (list) => (log.push(`${name} apart ${list.length}`), apart),
  });
  return { commit, sizes, log, member };
}

describe('a group commit', () => {
  it('leaves a partition that is alone to itself, and takes those that come meanwhile together', async () => {
    const { commit, sizes, log, member } = group({});
    const gate = Promise.withResolvers<void>();
    const first = commit.join(member('a', 1, gate.promise));
    await new Promise(setImmediate);
    const others = [commit.join(member('b', 2)), commit.join(member('c', 3))];
    gate.resolve();
    await Promise.all([first, ...others]);
    expect(log).toEqual(['a apart 1', 'b committed 2', 'c committed 3']);
    expect(sizes).toEqual([5]);
  });

  it('sends every member its own way when the company fails', async () => {
    const { commit, log, member } = group({ attempt: async () => false });
    await Promise.all([commit.join(member('a', 1)), commit.join(member('b', 1))]);
    expect(log).toEqual(['a apart 1', 'b apart 1']);
  });

  it('takes no other partition once there is enough', async () => {
    const { commit, sizes, log, member } = group({ enough: 3 });
    await Promise.all(['a', 'b', 'c'].map((name) => commit.join(member(name, 2))));
    expect(sizes).toEqual([4]);
    expect(log).toEqual(['a committed 2', 'b committed 2', 'c apart 2']);
  });

  it('does not let one that waits hold up the next group for long', async () => {
    const { commit, log, member } = group({});
    void commit.join(member('hangs', 1, new Promise(() => {})));
    await new Promise(setImmediate);
    await commit.join(member('b', 1));
    expect(log).toEqual(['hangs apart 1', 'b apart 1']);
  });
});
