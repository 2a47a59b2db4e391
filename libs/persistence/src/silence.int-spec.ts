import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TcpProxy, testDatabase } from '@shop/testing';
import pg from 'pg';
import { watched } from './silence.ts';
import { isInfrastructureError } from './sql-state.ts';

describe('a server that vanishes without a word', () => {
  it('fails what waits for its answer, however long nobody waited before', async () => {
    const { url, drop } = await testDatabase();
    const proxy = await TcpProxy.before(Number(new URL(url).port));
    const client = new pg.Client({
      connectionString: Object.assign(new URL(url), { hostname: '127.0.0.1', port: proxy.port }).href,
    });
    await client.connect();
    watched(client, 200);

    await setTimeout(500);
    await client.query('SELECT 1');
    proxy.silence();
    const lost: unknown = await client.query('SELECT 1').catch((error: unknown) => error);
    expect(isInfrastructureError(lost)).toBe(true);
    await proxy.close();
    await drop();
  });
});
