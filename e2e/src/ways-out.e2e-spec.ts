import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Order } from '@shop/contracts';
import { eventually } from '@shop/testing';
import type { Client } from './support/client.ts';
import { orderById, orderOf, place, placed, timelineOf, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock, availableOf, untilAvailable } from './support/products.ts';
import { chargesFor } from './support/psp-book.ts';
import { shop } from './support/shop.ts';

const patience = { timeoutMs: 20_000, everyMs: 100 };

describe('an order that cannot be fulfilled', () => {
  let admin: Client;
  let customer: Client;
  let productId: string;
  let hanging: { order: Order; productId: string };

  beforeAll(async () => {
    [admin, customer] = [await shop.admin(), await shop.customer()];
    productId = (await aProductInStock(admin, 50)).id;
    // It takes the saga's whole patience, so it begins first and is looked at last.
    const { id } = await aProductInStock(admin, 3);
    hanging = { productId: id, order: await placed(customer, orderOf(id, { paymentToken: 'tok_hang' })) };
  });

  const orderFor = (paymentToken: string, quantity = 1) =>
    placed(customer, orderOf(productId, { paymentToken, quantity }));
  const cancel = (id: string) => customer.post('/v1/orders/{id}/cancel', { path: { id }, header: withKey() });

  it('is rejected without a charge when stock is short', async () => {
    const scarce = await aProductInStock(admin, 1);
    const order = await placed(customer, orderOf(scarce.id, { quantity: 2 }));
    expect(await untilStatus(customer, order.id, 'REJECTED')).toMatchObject({
      reason: { code: 'stock/insufficient' },
    });
    expect(await chargesFor(shop.pspUrl, order.id)).toEqual([]);
    expect(await availableOf(customer, scarce.id)).toBe(1);
  });

  it('takes all lines or none', async () => {
    const scarce = await aProductInStock(admin, 1);
    const lines = [
      { productId: scarce.id, quantity: 1 },
      { productId, quantity: 99 },
    ];
    const order = await placed(customer, orderOf(productId, { lines }));
    await untilStatus(customer, order.id, 'REJECTED');
    expect(await availableOf(customer, scarce.id)).toBe(1);
  });

  it.each([
    ['tok_declined', 'payment/declined'],
    ['tok_insufficient_funds', 'payment/insufficient-funds'],
  ])('is rejected by %s with %s, and its stock is free again', async (token, code) => {
    const before = await availableOf(customer, productId);
    const order = await orderFor(token);
    expect(await untilStatus(customer, order.id, 'REJECTED')).toMatchObject({ reason: { code } });
    await untilAvailable(customer, productId, before!);
    const charges = await chargesFor(shop.pspUrl, order.id);
    expect(charges.filter((charge) => charge.state !== 'declined')).toEqual([]);
  });

  it('can be cancelled while it is paid for, and ends with stock free and nothing held', async () => {
    const mine = await aProductInStock(admin, 3);
    const order = await placed(customer, orderOf(mine.id, { paymentToken: 'tok_slow' }));
    await eventually(async () => expect(await stepsOf(order.id)).toContain('StockReserved'));
    const answer = await cancel(order.id);
    expect(answer).toMatchObject({ status: 202, body: { id: order.id, status: 'CANCELLED' } });
    expect(answer.body.reason?.code).toBe('order/cancelled-by-customer');
    await untilAvailable(customer, mine.id, 3);
    // The provider takes three seconds to answer; whatever it then says it holds is given back.
    await eventually(async () => expect(await stepsOf(order.id)).toContain('PaymentVoided'), patience);
    const states = (await chargesFor(shop.pspUrl, order.id)).map((charge) => charge.state);
    expect(states.filter((state) => state !== 'voided')).toEqual([]);
    expect(await orderById(customer, order.id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('cannot be cancelled once it is confirmed', async () => {
    const order = await orderFor('tok_ok');
    await untilStatus(customer, order.id, 'CONFIRMED');
    expect(await cancel(order.id)).toMatchObject({ status: 409, body: { code: 'order/not-cancellable' } });
  });

  it('cannot be refunded unless it was confirmed', async () => {
    const order = await orderFor('tok_declined');
    await untilStatus(customer, order.id, 'REJECTED');
    const refund = await admin.post('/v1/admin/orders/{id}/refund', {
      path: { id: order.id },
      header: withKey(),
    });
    expect(refund).toMatchObject({ status: 409, body: { code: 'order/not-refundable' } });
  });

  it('is not needed: orders at once with a refusal for one do not disturb the others', async () => {
    const answers = await Promise.all(['tok_ok', 'tok_declined', 'tok_ok'].map((token) => orderFor(token)));
    const ended = await Promise.all(
      answers.map(({ id }, index) => untilStatus(customer, id, index === 1 ? 'REJECTED' : 'CONFIRMED')),
    );
    expect(ended).toHaveLength(3);
  });

  it('is given up when the payment provider never answers, and nothing stays held', async () => {
    const { order, productId: mine } = hanging;
    expect(await untilStatus(customer, order.id, 'REJECTED', 60_000)).toMatchObject({
      reason: { code: 'order/timed-out' },
    });
    await untilAvailable(customer, mine, 3);
    expect(await stepsOf(order.id)).toEqual(
      expect.arrayContaining(['PaymentAttemptFailed', 'DeadlinePassed', 'ReleaseStock', 'CancelPayment']),
    );
  });

  const stepsOf = async (id: string) => (await timelineOf(customer, id)).map((entry) => entry.type);
});

describe('a payment provider in trouble', () => {
  it.each(['tok_slow', 'tok_flaky', 'tok_lost_answer'])(
    'delays %s, but the order is confirmed and charged once',
    async (paymentToken) => {
      const [admin, customer] = [await shop.admin(), await shop.customer()];
      const { id } = await aProductInStock(admin, 2);
      const order = (await place(customer, orderOf(id, { paymentToken, quantity: 2 }))).body;
      await untilStatus(customer, order.id, 'CONFIRMED', 30_000);
      expect(await chargesFor(shop.pspUrl, order.id)).toMatchObject([
        { state: 'captured', amount: order.total },
      ]);
      expect(await availableOf(customer, id)).toBe(0);
    },
  );
});
