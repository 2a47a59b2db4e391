import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, ReleaseStock, ReserveStock, type MessageDefinition } from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { Transactions } from '@shop/persistence';
import { eventually } from '@shop/testing';
import { RunningInventory } from '../running-inventory.fixture.ts';

const inventory = new RunningInventory();
beforeAll(() => inventory.start({ consuming: true }));
afterAll(() => inventory.stop());

/** Sends commands through the service's own outbox: one transaction, so that they travel together. */
const send = (commands: [MessageDefinition, object][]) =>
  inventory.get(Transactions).run(async (tx) => {
    for (const [definition, payload] of commands) inventory.get(Outbox).publish(tx, definition, payload);
  });

const countByState = (orders: string[]) =>
  inventory.query(
    `SELECT state, count(*)::int AS orders FROM reservations WHERE order_id = ANY ($1) GROUP BY state ORDER BY state`,
    [orders],
  );

describe('commands that arrive over Kafka', () => {
  it('reserve exactly what is there for 240 orders', async () => {
    const productId = await inventory.aProductInStock(100);
    const orders = Array.from({ length: 240 }, newId);
    await send(orders.map((orderId) => [ReserveStock, { orderId, lines: [{ productId, quantity: 1 }] }]));
    const outcome = [
      { state: 'REJECTED', orders: 140 },
      { state: 'RESERVED', orders: 100 },
    ];
    await eventually(async () => expect(await countByState(orders)).toEqual(outcome), { timeoutMs: 30_000 });
    expect(await inventory.levelOf(productId)).toEqual({ onHand: 100, reserved: 100 });
  });

  it('are carried out although one among them can never be', async () => {
    const productId = await inventory.aProductInStock(100);
    const poison = newId();
    // A release that would return more than the column holds; its neighbours are enough to fill its partition, too.
    await inventory.query(`INSERT INTO stock (product_id, on_hand) VALUES ($1, 2147483647)`, [poison]);
    await inventory.query(
      `INSERT INTO reservations (order_id, state, held, lines, shortages, trace_context, expires_at)
       VALUES ($1, 'COMMITTED', 'committed', $2, '[]', '{}', now())`,
      [poison, JSON.stringify([{ productId: poison, quantity: 1 }])],
    );
    const neighbours = Array.from({ length: 80 }, newId);
    const reserves = neighbours.map((orderId): [MessageDefinition, object] => [
      ReserveStock,
      { orderId, lines: [{ productId, quantity: 1 }] },
    ]);
    await send([...reserves.slice(0, 40), [ReleaseStock, { orderId: poison }], ...reserves.slice(40)]);
    await eventually(
      async () => expect(await countByState(neighbours)).toEqual([{ state: 'RESERVED', orders: 80 }]),
      { timeoutMs: 30_000 },
    );
    expect(await countByState([poison])).toEqual([{ state: 'COMMITTED', orders: 1 }]);
  });
});
