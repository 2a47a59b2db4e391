import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { shopDatabase, statementsOf } from './shop-database.fixture.ts';
import type { Tx } from './tx.ts';

describe('transactions', () => {
  let shop: Awaited<ReturnType<typeof shopDatabase>>;
  const notes = () =>
    shop.database.query<{ id: number; text: string }>('SELECT id, text FROM notes ORDER BY id');
  const note = (tx: Tx, id: number, text = '') => tx.query('INSERT INTO notes VALUES ($1, $2)', [id, text]);

  beforeAll(async () => {
    shop = await shopDatabase();
    await shop.database.query('CREATE TABLE notes (id int PRIMARY KEY, text text NOT NULL)');
  });
  beforeEach(() => shop.database.query('TRUNCATE notes'));
  afterAll(() => shop[Symbol.asyncDispose]());

  it('commit the work and what hooks before the commit add, then run the hooks after it', async () => {
    const order: string[] = [];
    const result = await shop.transactions.run(async (tx) => {
      tx.beforeCommit(async () => {
        await note(tx, 2);
        tx.beforeCommit(async () => void order.push('late hook'));
        order.push('before');
      });
      tx.afterCommit(() => order.push('after'));
      await note(tx, 1);
      return 'done';
    });
    expect(result).toBe('done');
    expect(order).toEqual(['before', 'late hook', 'after']);
    expect(await notes()).toHaveLength(2);
  });

  it('show what they wrote to hooks after the commit on any connection', async () => {
    let seen: Promise<unknown[]> | undefined;
    await shop.transactions.run(async (tx) => {
      tx.afterCommit(() => (seen = notes()));
      await note(tx, 1);
    });
    expect(await seen).toHaveLength(1);
  });

  it.each([
    ['the work throws', async () => Promise.reject(new Error('no'))],
    [
      'a hook before the commit throws',
      async (tx: Tx) => tx.beforeCommit(() => Promise.reject(new Error('no'))),
    ],
    ['the commit itself fails', (tx: Tx) => tx.query('SELECT pg_terminate_backend(pg_backend_pid())')],
  ])('roll back and run no hook after the commit when %s', async (_, fail) => {
    const after = jest.fn();
    const run = shop.transactions.run(async (tx) => {
      tx.afterCommit(after);
      await note(tx, 1);
      await fail(tx);
    });
    await expect(run).rejects.toThrow();
    expect(after).not.toHaveBeenCalled();
    expect(await notes()).toEqual([]);
  });

  it('refuse to commit after a failed statement that the work swallowed', async () => {
    const after = jest.fn();
    const run = shop.transactions.run(async (tx) => {
      tx.afterCommit(after);
      await note(tx, 1);
      await note(tx, 1).catch(() => undefined);
    });
    await expect(run).rejects.toThrow('was rolled back');
    expect(after).not.toHaveBeenCalled();
    expect(await notes()).toEqual([]);
  });

  it('stay committed when a hook after the commit throws, and run the others', async () => {
    const other = jest.fn();
    await shop.transactions.run(async (tx) => {
      tx.afterCommit(() => {
        throw new Error('too late to matter');
      });
      tx.afterCommit(other);
      await note(tx, 1);
    });
    expect(other).toHaveBeenCalledTimes(1);
    expect(await notes()).toHaveLength(1);
  });

  it('run the victim of a deadlock again', async () => {
    await shop.database.query(`INSERT INTO notes VALUES (1, ''), (2, '')`);
    const bothHold = Promise.withResolvers<void>();
    let holding = 0;
    let runs = 0;
    const after = jest.fn();
    const crossing = (first: number, second: number) =>
      shop.transactions.run(async (tx) => {
        runs++;
        tx.afterCommit(after);
        await tx.query(`UPDATE notes SET text = text || 'x' WHERE id = $1`, [first]);
        if (++holding === 2) bothHold.resolve();
        await bothHold.promise;
        await tx.query(`UPDATE notes SET text = text || 'x' WHERE id = $1`, [second]);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    expect(runs).toBeGreaterThan(2);
    expect(after).toHaveBeenCalledTimes(2);
    expect(await notes()).toEqual([
      { id: 1, text: 'xx' },
      { id: 2, text: 'xx' },
    ]);
  });

  it('give up after three conflicts in a row', async () => {
    let runs = 0;
    const run = shop.transactions.run((tx) => {
      runs++;
      return tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
    });
    await expect(run).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(3);
  });

  it('do not repeat work that failed for another reason', async () => {
    let runs = 0;
    const run = shop.transactions.run(async (tx) => {
      runs++;
      await note(tx, 1);
      await note(tx, 1);
    });
    await expect(run).rejects.toMatchObject({ code: '23505' });
    expect(runs).toBe(1);
  });

  it('commit statements that nobody waited for, or nothing when one of them fails', async () => {
    const both = (second: number) =>
      shop.transactions.run(async (tx) => {
        tx.write('INSERT INTO notes VALUES ($1, $2)', [1, '']);
        tx.write('INSERT INTO notes VALUES ($1, $2)', [second, '']);
      });
    await expect(both(1)).rejects.toMatchObject({ code: '23505' });
    expect(await notes()).toEqual([]);
    await both(2);
    expect(await notes()).toHaveLength(2);
  });

  it('hand over the rows of such a statement before the hooks after the commit run', async () => {
    const seen: unknown[] = [];
    await shop.transactions.run(async (tx) => {
      tx.write('INSERT INTO notes VALUES ($1, $2) RETURNING id', [7, ''], (rows) => seen.push(...rows));
      tx.afterCommit(() => seen.push('after'));
    });
    expect(seen).toEqual([{ id: 7 }, 'after']);
  });

  it('let later statements see what was written without waiting', async () => {
    const seen = await shop.transactions.run((tx) => {
      tx.write('INSERT INTO notes VALUES ($1, $2)', [1, 'written']);
      return tx.query<{ text: string }>('SELECT text FROM notes', []);
    });
    expect(seen).toEqual([{ text: 'written' }]);
  });

  it('roll back what was written without waiting when the work then fails', async () => {
    const run = shop.transactions.run(async (tx) => {
      tx.write('INSERT INTO notes VALUES ($1, $2)', [1, '']);
      tx.write('INSERT INTO notes VALUES ($1, $2)', [1, 'twice']);
      throw new Error('no');
    });
    await expect(run).rejects.toThrow('no');
    expect(await notes()).toEqual([]);
  });

  it('run statements that were started together in order, and fail as a whole with the first of them', async () => {
    const together = (...ids: number[]) =>
      shop.transactions.run((tx) => Promise.all(ids.map((id) => note(tx, id))));
    await expect(together(1, 1, 2)).rejects.toMatchObject({ code: '23505' });
    expect(await notes()).toEqual([]);
    await together(3, 2, 1);
    expect(await notes()).toHaveLength(3);
  });

  it('outlive a migration that changes what a prepared statement returns', async () => {
    const read = () => shop.transactions.run((tx) => tx.query('SELECT * FROM notes', []));
    const readAlone = () => shop.database.query('SELECT * FROM notes', []);
    await Promise.all([...Array(5)].flatMap(() => [read(), readAlone()]));
    await shop.database.query(`ALTER TABLE notes ADD COLUMN more text`);
    await Promise.all([...Array(5)].flatMap(() => [read(), readAlone()]));
    await shop.database.query('ALTER TABLE notes DROP COLUMN more');
    await Promise.all([...Array(5)].flatMap(() => [readAlone(), read()]));
  });

  it('share one transaction between plain statements and the entity manager', async () => {
    await shop.transactions.run(async (tx) => {
      await note(tx, 1, 'mine');
      expect(await tx.manager.query('SELECT text FROM notes')).toEqual([{ text: 'mine' }]);
    });
  });

  it('cost a BEGIN and a COMMIT beside the work', async () => {
    const statements = await statementsOf(() => shop.transactions.run((tx) => note(tx, 1)));
    expect(statements).toEqual(['BEGIN', 'INSERT', 'COMMIT']);
  });
});
