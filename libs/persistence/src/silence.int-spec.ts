import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isInfrastructureError } from '@shop/resilience';
import { TcpProxy, testDatabase } from '@shop/testing';
import { watched } from './silence.ts';
import { TimelyClient } from './timely-client.ts';

describe('a server that vanishes without a word', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let proxy: TcpProxy;

  beforeEach(async () => {
    database = await testDatabase();
    proxy = await TcpProxy.before(Number(new URL(database.url).port));
  });
  afterEach(async () => {
    await proxy.close();
    await database.drop();
  });
  const client = (connectionTimeoutMillis?: number) => {
    const url = Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: proxy.port });
    return new TimelyClient({ connectionString: url.href, connectionTimeoutMillis });
  };
  const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  it('fails what waits for its answer, however long nobody waited before', async () => {
    const connected = client();
    await connected.connect();
    watched(connected, 200);
    await setTimeout(500);
    await connected.query('SELECT 1');
    proxy.silence();
    expect(isInfrastructureError(await failure(connected.query('SELECT 1')))).toBe(true);
  });

  it('fails who wants to connect', async () => {
    proxy.silence();
    expect(isInfrastructureError(await failure(client(200).connect()))).toBe(true);
  });
});
