import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { Database, runMigrations, Transactions } from '@shop/persistence';
import { testDatabase, type TestDatabase } from '@shop/testing';
import { DataSource } from 'typeorm';
import { StockRows } from '../commands/stock-rows.ts';
import { ExpandTraceContext1700000003010 } from './1700000003010-expand-trace-context.ts';
import { FillTraceContext1700000003011 } from './1700000003011-fill-trace-context.ts';
import { migrations, nextRelease } from './index.ts';

const [expand, fill] = [ExpandTraceContext1700000003010, FillTraceContext1700000003011];
const [contract] = nextRelease as [(typeof nextRelease)[0]];
const before = migrations.filter((migration) => ![expand, fill].includes(migration as never));
const traceOf = (orderId: string) => ({
  traceparent: `00-${orderId.replaceAll('-', '')}-b7ad6b7169203331-01`,
});

interface Release {
  reserve(orderId: string): Promise<unknown>;
  /** The trace context of an order that is past its time, as the sweep reads it. */
  traceOf(orderId: string): Promise<unknown>;
}

describe('renaming a column while two releases run', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let previous: Release;
  let current: Release;
  const written: string[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    await migrate(before);
    dataSource = await new DataSource({ type: 'postgres', url: database.url, poolSize: 6 }).initialize();
    const rows = new Database(dataSource);
    previous = releaseBeforeExpansion(rows);
    current = releaseOfToday(new Transactions(dataSource));
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const migrate = (list: typeof migrations) => runMigrations({ url: database.url, migrations: list });
  const undo = async (list: typeof migrations) => {
    const own = await new DataSource({ type: 'postgres', url: database.url, migrations: list }).initialize();
    await own.undoLastMigration({ transaction: 'each' }).finally(() => own.destroy());
  };
  const reserve = async (release: Release, count: number) => {
    for (let n = 0; n < count; n++) {
      const orderId = newId();
      await release.reserve(orderId);
      written.push(orderId);
    }
  };
  /** Everything that was ever written is there, for everybody who runs. */
  const allIsSeenBy = async (...releases: Release[]) => {
    for (const release of releases)
      for (const orderId of written) expect(await release.traceOf(orderId)).toEqual(traceOf(orderId));
  };

  it('the release before writes the old name', async () => {
    await reserve(previous, 5);
    await dataSource.query(
      `INSERT INTO reservations (order_id, state, held, lines, shortages, carrier, expires_at)
       SELECT gen_random_uuid(), 'COMMITTED', 'committed', '[]', '[]', '{}', now() FROM generate_series(1, 2500)`,
    );
    await allIsSeenBy(previous);
  });

  it('the expansion goes on while it writes, and fills every row', async () => {
    let over = false;
    const writing = (async () => {
      while (!over) await reserve(previous, 1);
    })();
    await migrate([...before, expand, fill]);
    over = true;
    await writing;
    const [{ empty }] = await dataSource.query(
      `SELECT count(*)::int AS empty FROM reservations WHERE trace_context IS DISTINCT FROM carrier`,
    );
    expect(empty).toBe(0);
    await allIsSeenBy(previous, current);
  });

  it('both releases then write side by side, and each sees what the other wrote', async () => {
    await Promise.all([reserve(previous, 20), reserve(current, 20)]);
    await allIsSeenBy(previous, current);
  });

  it('a change under either name is a change under both', async () => {
    const [one, other] = written as [string, string];
    const change = (name: string, orderId: string) =>
      dataSource.query(`UPDATE reservations SET ${name} = '{"changed": "yes"}' WHERE order_id = $1`, [
        orderId,
      ]);
    await change('carrier', one);
    await change('trace_context', other);
    for (const release of [previous, current])
      for (const orderId of [one, other]) expect(await release.traceOf(orderId)).toEqual({ changed: 'yes' });
    written.splice(0, 2);
  });

  it('the contraction takes the old name away from nobody who still runs', async () => {
    await migrate([...before, expand, fill, contract]);
    await reserve(current, 5);
    await allIsSeenBy(current);
    await expect(previous.reserve(newId())).rejects.toThrow('column "carrier"');
    await expect(current.reserve(null as never)).rejects.toThrow();
  });

  it('the way back keeps what was written meanwhile', async () => {
    await undo([...before, expand, fill, contract]);
    await Promise.all([reserve(previous, 5), reserve(current, 5)]);
    await allIsSeenBy(previous, current);

    await undo([...before, expand, fill]);
    await undo([...before, expand]);
    await reserve(previous, 5);
    await allIsSeenBy(previous);
  });

  it('the way forward is open again', async () => {
    expect(await migrate([...migrations, ...nextRelease])).toEqual([expand.name, fill.name, contract.name]);
    await allIsSeenBy(current);
  });
});

/** Its statements, word for word. */
function releaseBeforeExpansion(rows: Database): Release {
  return {
    reserve: (orderId) =>
      rows.query(
        `INSERT INTO reservations (order_id, state, held, lines, shortages, carrier, expires_at)
         SELECT "orderId", state, held, lines, shortages, carrier, now() + $2 * interval '1 millisecond'
         FROM jsonb_to_recordset($1)
           AS r ("orderId" uuid, known boolean, state text, held text, lines jsonb, shortages jsonb, carrier jsonb)`,
        [JSON.stringify([{ ...aReservation(orderId), carrier: traceOf(orderId) }]), -1_000],
      ),
    traceOf: async (orderId) => {
      const overdue = await rows.query<{ orderId: string; carrier: unknown }>(
        `SELECT order_id AS "orderId", state, held, lines, shortages, carrier FROM reservations
         WHERE state = 'RESERVED' AND expires_at <= now() ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [10_000],
      );
      return overdue.find((row) => row.orderId === orderId)?.carrier;
    },
  };
}

/** The code of today. */
function releaseOfToday(transactions: Transactions): Release {
  const stock = new StockRows({ RESERVATION_TTL_MS: -1_000 } as never);
  const nothing = { levels: [], reservations: [] };
  return {
    reserve: (orderId) =>
      transactions.run(async (tx) =>
        stock.write(tx, nothing, { levels: [], reservations: [aReservation(orderId)] }, [
          { payload: { orderId }, carrier: traceOf(orderId) },
        ]),
      ),
    traceOf: (orderId) =>
      transactions.run(async (tx) => (await stock.lockOverdue(tx, 10_000)).carriers.get(orderId)),
  };
}

const aReservation = (orderId: string) => ({
  orderId,
  state: 'RESERVED' as const,
  held: 'reserved' as const,
  lines: [],
  shortages: [],
});
