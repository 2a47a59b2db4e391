import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ShutdownSequence } from '@shop/service-kit';
import { CreateIdempotencyKeys1700000000001 } from './create-idempotency-keys.ts';
import { IdempotencyPruning } from './idempotency-pruning.ts';
import { shopDatabase } from './shop-database.fixture.ts';

describe('pruning of idempotency keys', () => {
  let shop: Awaited<ReturnType<typeof shopDatabase>>;
  const store = (caller: string, count: number, age: string) =>
    shop.database.query(
      `INSERT INTO idempotency_keys SELECT $1, n::text, '', 200, '1', '{}', now() - $3::interval FROM generate_series(1, $2) n`,
      [caller, count, age],
    );

  beforeAll(async () => void (shop = await shopDatabase([CreateIdempotencyKeys1700000000001])));
  afterAll(() => shop[Symbol.asyncDispose]());

  it('forgets, batch by batch, what is older than a day, and nothing younger', async () => {
    await store('old', 25, '24 hours 1 minute');
    await store('young', 3, '23 hours 59 minutes');
    const pruning = new IdempotencyPruning(shop.database, new ShutdownSequence());
    expect(await pruning.prune(10)).toBe(25);
    expect(await shop.database.query('SELECT DISTINCT caller FROM idempotency_keys')).toEqual([
      { caller: 'young' },
    ]);
  });

  it('shares the work between replicas', async () => {
    await store('old', 200, '2 days');
    const replicas = [1, 2].map(() => new IdempotencyPruning(shop.database, new ShutdownSequence()));
    const pruned = await Promise.all(replicas.map((replica) => replica.prune(10)));
    expect(pruned[0]! + pruned[1]!).toBe(200);
  });
});
