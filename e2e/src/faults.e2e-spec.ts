import { afterEach, describe, expect } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { type Placed, placePatiently, untilAllEnded } from './support/crowd.ts';
import { rowsOf } from './support/databases.ts';
import { kill, untilReady } from './support/faults.ts';
import { orderOf, untilStatus } from './support/orders.ts';
import { aProductInStock, availableOf } from './support/products.ts';
import { type Charge, pspBook } from './support/psp-book.ts';
import { ownShop, shop } from './support/shop.ts';

const services = ['inventory', 'psp-sandbox', 'orders', 'payments', 'gateway'];
const orders = 100;
const unitsInStock = 1_000;
const tokens = [
  'tok_ok',
  'tok_ok',
  'tok_ok',
  'tok_ok',
  'tok_declined',
  'tok_flaky',
  'tok_lost_answer',
  'tok_slow',
];

describe('a service that is killed while orders run', () => {
  afterEach(async () => {
    for (const service of ['orders', 'payments', 'inventory', 'psp-sandbox', 'gateway'])
      await untilReady(service);
  });

  /** Orders come in over two seconds, and these services die among them. */
  const runThrough = async (
    killed: string[],
    everyMs: number,
  ): Promise<{ product: Product; ended: Placed[] }> => {
    const product = await aProductInStock(await shop.admin(), unitsInStock);
    const killing = killed.map((service, index) => sleep(500 + index * everyMs).then(() => kill(service)));
    const placing = Array.from({ length: orders }, async (_, index) => {
      await sleep((index / orders) * 2_000);
      const order = orderOf(product.id, { quantity: 2, paymentToken: tokens[index % tokens.length] });
      return placePatiently(await shop.customer(), order);
    });
    const placed = await Promise.all(placing);
    await Promise.all(killing);
    return { product, ended: await untilAllEnded(placed) };
  };

  const expectOneCharge = (placed: Placed[], book: Charge[]) => {
    for (const { order } of placed) {
      const held = book.filter(
        (charge) => charge.reference === order.id && ['authorised', 'captured'].includes(charge.state),
      );
      expect({ order: order.id, status: order.status, held: held.map((charge) => charge.state) }).toEqual({
        order: order.id,
        status: order.status,
        held: order.status === 'CONFIRMED' ? ['captured'] : [],
      });
    }
  };

  const expectConsistent = async ({ product, ended }: { product: Product; ended: Placed[] }) => {
    expect(ended).toHaveLength(orders);
    const confirmed = ended.filter(({ order }) => order.status === 'CONFIRMED').length;
    await eventually(
      async () => {
        expect(await availableOf(shop.anyone, product.id)).toBe(unitsInStock - 2 * confirmed);
        expectOneCharge(ended, await pspBook(shop.pspUrl));
      },
      { timeoutMs: 40_000, everyMs: 500 },
    );
    const [stock] = await rowsOf('inventory', 'SELECT on_hand, reserved FROM stock WHERE product_id = $1', [
      product.id,
    ]);
    expect(stock).toEqual({ on_hand: unitsInStock - 2 * confirmed, reserved: 0 });
    const { customer, order } = await placePatiently(await shop.customer(), orderOf(product.id));
    await untilStatus(customer, order.id, 'CONFIRMED');
  };

  ownShop('loses no order and charges none twice, one after the other', async () => {
    await expectConsistent(await runThrough(services, 300));
  });

  ownShop('loses no order and charges none twice, all at once', async () => {
    await expectConsistent(await runThrough(['orders', 'payments', 'inventory'], 0));
  });
});
