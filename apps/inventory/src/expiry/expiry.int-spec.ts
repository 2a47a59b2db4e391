import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommitStock, newId, ReleaseStock, ReserveStock } from '@shop/contracts';
import type { Outbox } from '@shop/messaging';
import { Transactions } from '@shop/persistence';
import { eventually } from '@shop/testing';
import { currentTraceId } from '@shop/tracing';
import { StockRows } from '../commands/stock-rows.ts';
import { aDelivery, RunningInventory } from '../running-inventory.fixture.ts';
import { ExpireReservations } from './expire-reservations.ts';

const inventory = new RunningInventory();
const quick = new RunningInventory();
beforeAll(async () => {
  await inventory.start({ env: { RESERVATION_TTL_MS: '1' } });
  await quick.start({ env: { RESERVATION_TTL_MS: '50', EXPIRY_SWEEP_MS: '50' } });
});
afterAll(async () => {
  await inventory.stop();
  await quick.stop();
});

async function aReservation(shop: RunningInventory) {
  const productId = await shop.aProductInStock(5);
  const orderId = newId();
  await shop.carryOut(aDelivery(ReserveStock, { orderId, lines: [{ productId, quantity: 2 }] }));
  return { orderId, productId };
}

describe('a reservation that nobody commits', () => {
  it('is freed by itself, and its commit then fails', async () => {
    const { orderId, productId } = await aReservation(quick);
    await eventually(async () => expect(await quick.levelOf(productId)).toEqual({ onHand: 5, reserved: 0 }));
    expect(await quick.carryOut(aDelivery(CommitStock, { orderId }))).toEqual([
      ['stock-commit-failed', { orderId, reason: 'expired' }],
    ]);
    expect(await quick.carryOut(aDelivery(ReleaseStock, { orderId }))).toEqual([
      ['stock-released', { orderId, held: 'nothing' }],
    ]);
  });

  it('is told about in the trace of its order', async () => {
    const productId = await inventory.aProductInStock(5);
    const orderId = newId();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const command = aDelivery(ReserveStock, { orderId, lines: [{ productId, quantity: 2 }] });
    await inventory.carryOut({ ...command, carrier: { traceparent } });
    const told: string[] = [];
    const outbox = { publish: () => told.push(currentTraceId()) } as unknown as Outbox;
    await new ExpireReservations(inventory.get(Transactions), inventory.get(StockRows), outbox).run();
    expect(told).toEqual(['0af7651916cd43dd8448eb211c80319c']);
  });

  it('is freed once, however many replicas look for it', async () => {
    const reservations = await Promise.all(Array.from({ length: 20 }, () => aReservation(inventory)));
    const freed = await eventually(async () => {
      const counts = await Promise.all([1, 2, 3, 4].map(() => inventory.get(ExpireReservations).run()));
      expect(counts.reduce((a, b) => a + b)).toBeGreaterThan(0);
      return counts;
    });
    expect(freed.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(20);
    expect(await inventory.get(ExpireReservations).run()).toBe(0);
    for (const { productId } of reservations)
      expect(await inventory.levelOf(productId)).toEqual({ onHand: 5, reserved: 0 });
  });

  it('is left alone while a command is at it', async () => {
    const { orderId, productId } = await aReservation(inventory);
    await inventory.get(Transactions).run(async (tx) => {
      const { consumer, replies } = inventory.aConsumer();
      await consumer.carryOut([aDelivery(CommitStock, { orderId })], { tx });
      expect(await inventory.get(ExpireReservations).run()).toBe(0);
      expect(replies).toEqual([['stock-committed', { orderId }]]);
    });
    expect(await inventory.get(ExpireReservations).run()).toBe(0);
    expect(await inventory.levelOf(productId)).toEqual({ onHand: 3, reserved: 0 });
  });
});
