import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from './data-source.ts';
import { proxiedDatabase } from './proxied-database.fixture.ts';

describe('a database that is away while a service starts', () => {
  let database: Awaited<ReturnType<typeof proxiedDatabase>>;
  const config = () => ({ DATABASE_URL: database.proxied, DATABASE_POOL_SIZE: 1 });

  beforeEach(async () => {
    database = await proxiedDatabase();
  });
  afterEach(() => database.end());

  it('is waited for', async () => {
    database.proxy.cut();
    const connecting = connect({ name: 'spec', config: config() });
    setTimeout(() => database.proxy.heal(), 1_200);
    const source = await connecting;
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
  });

  it('is not waited for for ever', async () => {
    database.proxy.cut();
    await expect(connect({ name: 'spec', config: config() }, 600)).rejects.toThrow();
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
