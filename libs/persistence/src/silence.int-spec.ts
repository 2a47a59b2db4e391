import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isInfrastructureError } from '@shop/resilience';
import { proxiedDatabase } from './proxied-database.fixture.ts';
import { watched } from './silence.ts';
import { TimelyClient } from './timely-client.ts';

describe('a server that vanishes without a word', () => {
  let database: Awaited<ReturnType<typeof proxiedDatabase>>;

  beforeEach(async () => {
    database = await proxiedDatabase();
  });
  afterEach(() => database.end());
  const client = (connectionTimeoutMillis?: number) =>
    new TimelyClient({ connectionString: database.proxied, connectionTimeoutMillis });
  const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  it('fails what waits for its answer, however long nobody waited before', async () => {
    const connected = client();
    await connected.connect();
    watched(connected, 1_500);
    await setTimeout(2_000);
    await connected.query('SELECT 1');
    database.proxy.silence();
    expect(isInfrastructureError(await failure(connected.query('SELECT 1')))).toBe(true);
  });

  it('fails who wants to connect', async () => {
    database.proxy.silence();
    expect(isInfrastructureError(await failure(client(200).connect()))).toBe(true);
  });
});
