import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TcpProxy, testDatabase } from '@shop/testing';
import { connect } from './data-source.ts';

describe('a database that is away while a service starts', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let proxy: TcpProxy;
  const config = (port: number) => ({
    DATABASE_URL: Object.assign(new URL(database.url), { hostname: '127.0.0.1', port }).href,
    DATABASE_POOL_SIZE: 1,
  });

  beforeEach(async () => {
    database = await testDatabase();
    proxy = await TcpProxy.before(Number(new URL(database.url).port));
  });
  afterEach(async () => {
    await proxy.close();
    await database.drop();
  });

  it('is waited for', async () => {
    proxy.cut();
    const connecting = connect({ name: 'spec', config: config(proxy.port) });
    setTimeout(() => proxy.heal(), 1_200);
    const source = await connecting;
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
  });

  it('is not waited for for ever', async () => {
    proxy.cut();
    await expect(connect({ name: 'spec', config: config(proxy.port) }, 600)).rejects.toThrow();
  });

  it('but one that refuses us is not waited for at all', async () => {
    const url = Object.assign(new URL(database.url), { pathname: '/nowhere' }).href;
    const since = performance.now();
    await expect(
      connect({ name: 'spec', config: { DATABASE_URL: url, DATABASE_POOL_SIZE: 1 } }),
    ).rejects.toThrow('does not exist');
    expect(performance.now() - since).toBeLessThan(5_000);
  });
});
