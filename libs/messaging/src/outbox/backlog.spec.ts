import { describe, expect, it } from '@jest/globals';
import { Backlog } from './backlog.ts';
import type { FreshRow } from './outbox-store.ts';

const row = (id: number, key = 'a', predecessors: number[] = []): FreshRow => ({
  id,
  key,
  predecessors,
  lane: 0,
  messageId: `m${id}`,
  topic: 't',
  type: 'x',
  headers: {},
  payload: '{}',
});
const limit = { rows: 10, bytes: 1_000_000 };
const ids = (rows: { id: number }[]) => rows.map(({ id }) => id);

describe('the backlog of a relay', () => {
  it('gives rows out by id, whatever order they came in, and each once', () => {
    const backlog = new Backlog();
    for (const id of [3, 1, 2, 1]) backlog.add(row(id));
    expect(ids(backlog.take(limit, () => true))).toEqual([1, 2, 3]);
    backlog.add(row(2));
    expect(backlog.take(limit, () => true)).toEqual([]);
  });

  it('lets a row follow predecessors that wait, are under way, or were just sent, and no others', () => {
    const backlog = new Backlog();
    for (const id of [1, 2]) backlog.add(row(id));
    backlog.take({ ...limit, rows: 1 }, () => true);
    expect(backlog.follows(row(3, 'a', [1, 2]))).toBe(true);
    backlog.finished([1]);
    expect(backlog.follows(row(3, 'a', [1, 2]))).toBe(true);
    expect(backlog.follows(row(3, 'a', [1, 9]))).toBe(false);
    backlog.drop(({ id }) => id === 2);
    expect(backlog.follows(row(3, 'a', [2]))).toBe(false);
  });

  it('takes what was forgotten once more, because the table still has it', () => {
    const backlog = new Backlog();
    backlog.add(row(1));
    backlog.forget(backlog.take(limit, () => true));
    backlog.add(row(1));
    expect(ids(backlog.take(limit, () => true))).toEqual([1]);
  });

  it('gives out no more rows and bytes than asked, but always one', () => {
    const backlog = new Backlog();
    for (const id of [1, 2, 3]) backlog.add({ ...row(id), payload: 'x'.repeat(1_000) });
    expect(ids(backlog.take({ rows: 10, bytes: 100 }, () => true))).toEqual([1]);
    expect(ids(backlog.take({ rows: 1, bytes: 10_000 }, () => true))).toEqual([2]);
  });

  it('drops rows of lanes that may not be sent', () => {
    const backlog = new Backlog();
    backlog.add(row(1));
    expect(backlog.take(limit, () => false)).toEqual([]);
    expect(backlog.waiting).toBe(0);
  });
});
