import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import pg from 'pg';
import { listDeadLetters } from '../dead-letters.ts';
import {
  effects,
  envelope,
  ready,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from '../messaging.fixture.ts';

const words = vocabulary();

describe('a database that is out of reach', () => {
  let stage: World;
  let replica: Replica;
  const consumer = recorders(words);
  beforeAll(async () => {
    stage = await world(words);
    replica = await stage.replica({ consumers: [consumer.Batch] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const name = () => new URL(stage.url).pathname.slice(1);
  const administer = async (...statements: string[]) => {
    const admin = new pg.Client(process.env['SHOP_TEST_POSTGRES']);
    await admin.connect();
    for (const statement of statements) await admin.query(statement);
    await admin.end();
  };
  const cutConnections = () =>
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name()}'`;

  it('makes the partitions wait; then everything takes effect once and nothing was parked', async () => {
    let cut = false;
    consumer.script.batch = async () => {
      if (!cut) await administer(cutConnections());
      cut = true;
    };
    await stage.send(
      ...Array.from({ length: 300 }, (_, n) => envelope(words.Counted, { key: `k${n % 9}`, n })),
    );
    await eventually(() => expect(cut).toBe(true));
    await administer(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`, cutConnections());
    await stage.send(
      ...Array.from({ length: 100 }, (_, n) => envelope(words.Counted, { key: `k${n % 9}`, n: 300 + n })),
    );
    await administer(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);

    const all = await eventually(
      async () => {
        const done = await effects(stage.database);
        expect(done).toHaveLength(400);
        return done;
      },
      { timeoutMs: 20_000 },
    );
    expect(new Set(all.map(({ n }) => n)).size).toBe(400);
    for (const list of Map.groupBy(all, ({ key }) => key).values()) {
      expect(list.map(({ n }) => n)).toEqual(list.map(({ n }) => n).toSorted((a, b) => a - b));
    }
    expect(await listDeadLetters(stage.brokers, { group: words.group })).toEqual([]);
    expect(await stage.read(`${words.topic}.${words.group}.retry`)).toEqual([]);
    expect((await fetch(`${replica.service.url}/health/live`)).status).toBe(200);
  });
});
