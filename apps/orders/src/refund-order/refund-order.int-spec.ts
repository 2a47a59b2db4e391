import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Order } from '@shop/contracts';
import { Audit } from '@shop/persistence';
import type { State } from '../model/vocabulary.ts';
import { aReply } from '../testing/deliveries.fixture.ts';
import { anOrderIn, stateOf } from '../testing/orders-in-states.fixture.ts';
import { type Ask, RunningOrders } from '../testing/running-orders.fixture.ts';

describe('POST /v1/admin/orders/:id/refund', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await RunningOrders.start();
  });
  afterAll(() => orders.stop());

  const refund = (id: string, ask: Ask = {}) =>
    orders.ask<Order>(`/v1/admin/orders/${id}/refund`, { as: 'admin', method: 'POST', ...ask });
  const refunds = async (id: string) =>
    (await orders.sent(id)).filter((type) => type === 'refund-payment').length;

  it('gives the money of a confirmed order back, and shows it once it is done', async () => {
    const { id, lines, total } = await anOrderIn('CONFIRMED', orders);
    expect(await refund(id)).toMatchObject({ status: 202, body: { id, status: 'CONFIRMED' } });
    expect(await stateOf(orders, id)).toBe('REFUNDING');
    await orders.hear(aReply('PaymentRefunded', id));
    expect((await orders.ask(`/v1/orders/${id}`)).body).toMatchObject({ status: 'REFUNDED' });
    expect(await orders.message(id, 'order-refunded')).toEqual({
      orderId: id,
      customerId: 'alice',
      lines,
      total,
    });
  });

  it.each(['REFUNDING', 'REFUNDED'] as const)(
    'is accepted again while the order is %s, and changes nothing',
    async (state) => {
      const { id } = await anOrderIn(state, orders);
      expect((await refund(id)).status).toBe(202);
      expect(await refunds(id)).toBe(1);
      expect(await stateOf(orders, id)).toBe(state);
    },
  );

  it('is repeated until payments answers', async () => {
    const { id } = await anOrderIn('REFUNDING', orders);
    await orders.missDeadline(id);
    await orders.missDeadline(id);
    expect(await refunds(id)).toBe(3);
    await orders.hear(aReply('PaymentRefunded', id), aReply('PaymentRefunded', id));
    expect((await orders.sent(id)).filter((type) => type === 'order-refunded')).toHaveLength(1);
  });

  const tooEarlyOrTooLate: State[] = [
    'RESERVING',
    'AUTHORISING',
    'COMPLETING',
    'AWAITING_COMMIT',
    'AWAITING_CAPTURE',
    'REJECTED',
    'CANCELLED',
  ];
  it.each(tooEarlyOrTooLate)('is refused for an order that is %s', async (state) => {
    const { id } = await anOrderIn(state, orders);
    expect(await refund(id)).toMatchObject({ status: 409, body: { code: 'order/not-refundable' } });
    expect(await refunds(id)).toBe(0);
  });

  it('is recorded once, however often it is asked for, and not when it is refused', async () => {
    const { id } = await anOrderIn('CONFIRMED', orders);
    await refund(id, { key: 'recorded' });
    await refund(id, { key: 'recorded' });
    await refund(id);
    const { id: pending } = await anOrderIn('RESERVING', orders);
    await refund(pending);
    const refunded = { actor: 'admin', action: 'refund-order', subject: id };
    const { body } = await orders.ask<{ items: unknown[] }>(`/v1/admin/audit/orders?subject=${id}`, {
      as: 'admin',
    });
    expect(body.items).toMatchObject([
      {
        ...refunded,
        before: { state: 'CONFIRMED' },
        after: { state: 'REFUNDING' },
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    expect((await orders.get(Audit).page({ subject: pending, limit: 10 })).items).toEqual([]);
  });

  it('is for administrators only', async () => {
    const { id } = await anOrderIn('CONFIRMED', orders);
    expect(await refund(id, { as: 'alice' })).toMatchObject({
      status: 403,
      body: { code: 'auth/scope-missing' },
    });
  });

  it('answers a repeated request as the first one', async () => {
    const { id } = await anOrderIn('CONFIRMED', orders);
    const first = await refund(id, { key: 'refund-once' });
    expect(await refund(id, { key: 'refund-once' })).toMatchObject({ status: 202, body: first.body });
    expect(await refund(id, { key: null })).toMatchObject({ status: 400 });
  });
});
