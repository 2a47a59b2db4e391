import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@shop/persistence';
import { eventually, TcpProxy } from '@shop/testing';
import { DataSource } from 'typeorm';
import { outboxDepth, publish, vocabulary, type World, world } from '../messaging.fixture.ts';
import { bodiesOf, firstCopies, outboxWithoutRelay, relayOn } from './relay.fixture.ts';

const words = vocabulary();

/** The world's database, through a proxy and with little patience. */
async function through(proxy: TcpProxy, { url }: World): Promise<DataSource> {
  const routed = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
  const extra = { query_timeout: 2_000, connectionTimeoutMillis: 2_000 };
  return new DataSource({ type: 'postgres', url: routed, poolSize: 2, extra }).initialize();
}

describe('a relay whose connection to the database has died without a word', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words, { partitions: 1 })));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('opens another, and sends what waits', async () => {
    const proxy = await TcpProxy.before(Number(new URL(stage.url).port));
    const dataSource = await through(proxy, stage);
    try {
      await using relay = relayOn({ ...stage, database: new Database(dataSource) });
      await eventually(() => expect(relay.lanes.held).toHaveLength(16));
      proxy.silence();
      await publish(outboxWithoutRelay(stage), words.Counted, { key: 'a', n: 1 }, { key: 'a', n: 2 });
      proxy.heal();
      await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0));
      expect(bodiesOf(firstCopies(await stage.read(words.topic))).map(({ n }) => n)).toEqual([1, 2]);
    } finally {
      await dataSource.destroy();
      await proxy.close();
    }
  });
});
