import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommitStock, newId, ReleaseStock, ReserveStock } from '@shop/contracts';
import { Transactions } from '@shop/persistence';
import { aDelivery, RunningInventory } from '../running-inventory.fixture.ts';

const inventory = new RunningInventory();
beforeAll(() => inventory.start());
afterAll(() => inventory.stop());

const reserve = (orderId: string, ...lines: [productId: string, quantity: number][]) =>
  aDelivery(ReserveStock, {
    orderId,
    lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
  });
const commit = (orderId: string) => aDelivery(CommitStock, { orderId });
const release = (orderId: string) => aDelivery(ReleaseStock, { orderId });

describe('stock commands', () => {
  it('reserve, commit and release one after the other, each seeing what the last one wrote', async () => {
    const product = await inventory.aProductInStock(5);
    const orderId = newId();
    expect(await inventory.carryOut(reserve(orderId, [product, 2]))).toEqual([
      ['stock-reserved', { orderId }],
    ]);
    expect(await inventory.levelOf(product)).toEqual({ onHand: 5, reserved: 2 });
    expect(await inventory.carryOut(commit(orderId))).toEqual([['stock-committed', { orderId }]]);
    expect(await inventory.levelOf(product)).toEqual({ onHand: 3, reserved: 0 });
    expect(await inventory.carryOut(release(orderId))).toEqual([
      ['stock-released', { orderId, held: 'committed' }],
    ]);
    expect(await inventory.levelOf(product)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('answer again what they answered before, and do nothing twice', async () => {
    const product = await inventory.aProductInStock(1);
    const [orderId, late] = [newId(), newId()];
    const shortages = [{ productId: product, requested: 1, available: 0 }];
    const commands = [
      reserve(orderId, [product, 1]),
      reserve(late, [product, 1]),
      commit(orderId),
      release(orderId),
    ];
    const replies = [];
    for (const command of commands)
      replies.push(...(await inventory.carryOut(command)), ...(await inventory.carryOut(command)));
    const once = [
      ['stock-reserved', { orderId }],
      ['stock-rejected', { orderId: late, shortages }],
      ['stock-committed', { orderId }],
      ['stock-released', { orderId, held: 'committed' }],
    ];
    expect(replies).toEqual(once.flatMap((reply) => [reply, reply]));
    expect(await inventory.levelOf(product)).toEqual({ onHand: 1, reserved: 0 });
    expect(await inventory.carryOut(reserve(late, [product, 1]))).toEqual([
      ['stock-rejected', { orderId: late, shortages }],
    ]);
  });

  it('leave a tombstone when a release comes first, so that its reserve holds nothing', async () => {
    const product = await inventory.aProductInStock(5);
    const orderId = newId();
    expect(await inventory.carryOut(release(orderId))).toEqual([
      ['stock-released', { orderId, held: 'nothing' }],
    ]);
    expect(await inventory.carryOut(reserve(orderId, [product, 2]))).toEqual([
      ['stock-rejected', { orderId, shortages: [] }],
    ]);
    expect(await inventory.levelOf(product)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('fail a reserve that did not see the release beside it, so that it is tried again', async () => {
    const product = await inventory.aProductInStock(5);
    const orderId = newId();
    const { consumer } = inventory.aConsumer();
    const overtaken = inventory.get(Transactions).run(async (tx) => {
      const query = tx.query.bind(tx);
      tx.query = async (sql: string, params?: unknown[]) => {
        if (sql.includes('INSERT INTO reservations')) await inventory.carryOut(release(orderId));
        return query(sql, params) as never;
      };
      await consumer.carryOut([reserve(orderId, [product, 2])], { tx });
    });
    await expect(overtaken).rejects.toMatchObject({ code: '23505' });
    expect(await inventory.levelOf(product)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('sell exactly what is there to many orders at once', async () => {
    const product = await inventory.aProductInStock(37);
    const other = await inventory.aProductInStock(1_000);
    const orders = Array.from({ length: 300 }, newId);
    const batches = Array.from({ length: 60 }, (_, i) => orders.slice(i * 5, i * 5 + 5));
    const replies = await Promise.all(
      batches.map((batch) =>
        inventory.carryOut(...batch.map((orderId) => reserve(orderId, [product, 1], [other, 2]))),
      ),
    );
    const reserved = replies.flat().filter(([type]) => type === 'stock-reserved');
    expect(reserved).toHaveLength(37);
    expect(await inventory.levelOf(product)).toEqual({ onHand: 37, reserved: 37 });
    expect(await inventory.levelOf(other)).toEqual({ onHand: 1_000, reserved: 74 });
  });

  it('never wait for each other in a circle, whatever order their products come in', async () => {
    const products = await Promise.all(Array.from({ length: 6 }, () => inventory.aProductInStock(10_000)));
    const before = inventory.attempts;
    const rounds = Array.from({ length: 80 }, (_, i) => {
      const crossed = i % 2 ? products : products.toReversed();
      return inventory.carryOut(
        ...crossed.map((product, j) => reserve(newId(), [product, 1], [products[j]!, 1])),
      );
    });
    await Promise.all(rounds);
    // A deadlock would be resolved by running its victim again.
    expect(inventory.attempts - before).toBe(80);
    const levels = await Promise.all(products.map((product) => inventory.levelOf(product)));
    expect(levels.reduce((sum, level) => sum + level!.reserved, 0)).toBe(80 * 6 * 2);
  });

  it('never wait in a circle either when a batch reserves some products and commits others', async () => {
    const products = await Promise.all(Array.from({ length: 6 }, () => inventory.aProductInStock(10_000)));
    const held = await Promise.all(
      Array.from({ length: 80 }, async (_, i) => {
        const orderId = newId();
        await inventory.carryOut(reserve(orderId, [products[i % 6]!, 1]));
        return orderId;
      }),
    );
    const before = inventory.attempts;
    // The products of the commits are known only from their reservations; locked apart from those of the reserves, they would cross.
    await Promise.all(
      held.map((orderId, i) =>
        inventory.carryOut(reserve(newId(), [products[(i + 3) % 6]!, 1]), commit(orderId)),
      ),
    );
    expect(inventory.attempts - before).toBe(80);
    const levels = await Promise.all(products.map((product) => inventory.levelOf(product)));
    const total = (field: 'onHand' | 'reserved') => levels.reduce((sum, level) => sum + level![field], 0);
    expect([total('onHand'), total('reserved')]).toEqual([6 * 10_000 - 80, 80]);
  });

  it('cannot write stock that the database knows to be impossible', async () => {
    const product = await inventory.aProductInStock(1);
    const update = (set: string) =>
      inventory.query(`UPDATE stock SET ${set} WHERE product_id = $1`, [product]);
    await expect(update('reserved = 2')).rejects.toThrow('reserved_on_hand');
    await expect(update('reserved = -1')).rejects.toThrow('reserved_not_negative');
  });
});
