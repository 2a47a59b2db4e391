import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CreateIdempotencyKeys1700000000001 } from './create-idempotency-keys.ts';
import { ShutdownSequence } from '@shop/service-kit';
import { fingerprintOf } from './fingerprint.ts';
import { IdempotencyPruning } from './idempotency-pruning.ts';
import { Idempotency } from './idempotency.ts';
import { shopDatabase, statementsOf } from './shop-database.fixture.ts';
import type { Tx } from './tx.ts';

const request = {
  caller: 'ada',
  key: 'k-1',
  operation: 'place-order',
  body: { quantity: 1, productId: 'p' },
};

describe('an idempotency key', () => {
  let shop: Awaited<ReturnType<typeof shopDatabase>>;
  let idempotency: Idempotency;
  const effects = async () => (await shop.database.query('SELECT id FROM effects')).length;
  const effect = async (tx: Tx) => {
    const [row] = await tx.query<{ id: number }>('INSERT INTO effects DEFAULT VALUES RETURNING id');
    return { status: 202, body: { z: 'first', id: row!.id }, headers: { location: `/v1/orders/${row!.id}` } };
  };

  beforeAll(async () => {
    shop = await shopDatabase([CreateIdempotencyKeys1700000000001]);
    await shop.database.query('CREATE TABLE effects (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)');
    const pruning = new IdempotencyPruning(shop.database, new ShutdownSequence());
    idempotency = new Idempotency(shop.transactions, shop.database, pruning);
  });
  beforeEach(() => shop.database.query('TRUNCATE effects, idempotency_keys'));
  afterAll(() => shop[Symbol.asyncDispose]());

  it('answers a repeated request with the stored answer, and has one effect', async () => {
    const first = await idempotency.run(request, effect);
    const again = await idempotency.run({ ...request, body: { productId: 'p', quantity: 1 } }, effect);
    expect(first.replayed).toBe(false);
    expect(again).toEqual({ ...first, replayed: true });
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(await effects()).toBe(1);
  });

  it.each([
    ['body', { body: { quantity: 2, productId: 'p' } }],
    ['operation', { operation: 'cancel-order' }],
  ])('is refused for another %s', async (_, other) => {
    await idempotency.run(request, effect);
    const reuse = idempotency.run({ ...request, ...other }, effect);
    await expect(reuse).rejects.toMatchObject({ code: 'idempotency/key-reused', kind: 'unprocessable' });
    expect(await effects()).toBe(1);
  });

  it('is refused while its first request is still running', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const first = idempotency.run(request, async (tx) => {
      started.resolve();
      await finish.promise;
      return effect(tx);
    });
    await started.promise;
    const second = idempotency.run(request, effect);
    await expect(second).rejects.toMatchObject({ code: 'idempotency/in-flight', kind: 'conflict' });
    finish.resolve();
    await first;
    expect(await idempotency.run(request, effect)).toMatchObject({ replayed: true });
  });

  it('has one effect under a crowd of equal requests, each answered or told to wait', async () => {
    for (let round = 0; round < 20; round++) {
      const crowd = Array.from({ length: 5 }, () =>
        idempotency.run({ ...request, key: `crowd-${round}` }, effect),
      );
      const outcomes = await Promise.allSettled(crowd);
      expect(await effects()).toBe(round + 1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'idempotency/in-flight' });
      }
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    }
  });

  it('replays the answer of a twin that committed between our lookup and our work', async () => {
    const late = idempotency.run(request, async (tx) => {
      await shop.database.query(
        `INSERT INTO idempotency_keys VALUES ('ada', 'k-1', $1, 202, '"twin"', '{}')`,
        [fingerprintOf(request.operation, request.body)],
      );
      return effect(tx);
    });
    expect(await late).toEqual({ status: 202, body: 'twin', headers: {}, replayed: true });
    expect(await effects()).toBe(0);
  });

  it('belongs to its caller', async () => {
    const ada = await idempotency.run(request, async (tx) => {
      const grace = await idempotency.run({ ...request, caller: 'grace' }, effect);
      expect(grace.replayed).toBe(false);
      return effect(tx);
    });
    expect(ada.replayed).toBe(false);
    expect(await effects()).toBe(2);
  });

  it('is free again when the work failed', async () => {
    const failing = idempotency.run(request, async (tx) => {
      await effect(tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await effects()).toBe(0);
    expect(await idempotency.run(request, effect)).toMatchObject({ replayed: false });
  });

  it('adds one statement before the work and one after it', async () => {
    const statements = await statementsOf(() => idempotency.run(request, effect));
    expect(statements).toEqual(['BEGIN', 'SELECT', 'INSERT', 'INSERT', 'COMMIT']);
  });
});
