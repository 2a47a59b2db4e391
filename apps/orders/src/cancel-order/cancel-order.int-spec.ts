import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Order } from '@shop/contracts';
import { Audit } from '@shop/persistence';
import { saga } from '../model/saga.ts';
import type { State } from '../model/vocabulary.ts';
import { anOrderIn } from '../testing/orders-in-states.fixture.ts';
import { type Ask, RunningOrders } from '../testing/running-orders.fixture.ts';

describe('POST /v1/orders/:id/cancel', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await RunningOrders.start();
  });
  afterAll(() => orders.stop());

  const cancel = (id: string, ask: Ask = {}) =>
    orders.ask<Order>(`/v1/orders/${id}/cancel`, { method: 'POST', ...ask });
  const possible: State[] = ['RESERVING', 'AUTHORISING'];
  const tooLate = (Object.keys(saga) as State[]).filter((state) => !possible.includes(state));

  it.each([
    ['RESERVING', ['release-stock']],
    ['AUTHORISING', ['release-stock', 'cancel-payment']],
  ] as const)('ends an order that is %s and takes back what it may hold', async (state, compensations) => {
    const { id } = await anOrderIn(state, orders);
    const before = await orders.sent(id);
    const { status, body } = await cancel(id);
    expect(status).toBe(202);
    expect(body).toMatchObject({ id, status: 'CANCELLED', reason: { code: 'order/cancelled-by-customer' } });
    expect((await orders.sent(id)).slice(before.length)).toEqual([...compensations, 'order-cancelled']);
    expect((await orders.ask(`/v1/orders/${id}`)).body).toEqual(body);
  });

  it.each(tooLate)('is refused for an order that is %s', async (state) => {
    const { id } = await anOrderIn(state, orders);
    const before = [await orders.sent(id), await orders.timeline(id)];
    expect(await cancel(id)).toMatchObject({ status: 409, body: { code: 'order/not-cancellable' } });
    expect([await orders.sent(id), await orders.timeline(id)]).toEqual(before);
  });

  it('answers a repeated request as the first one', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    const first = await cancel(id, { key: 'cancel-once' });
    const again = await cancel(id, { key: 'cancel-once' });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again).toMatchObject({ status: 202, body: first.body });
    expect((await orders.sent(id)).filter((type) => type === 'release-stock')).toHaveLength(1);
  });

  it('refuses the key of one order’s cancellation for another order', async () => {
    const [one, other] = [await anOrderIn('RESERVING', orders), await anOrderIn('RESERVING', orders)];
    await cancel(one.id, { key: 'cancel-two' });
    expect(await cancel(other.id, { key: 'cancel-two' })).toMatchObject({ status: 422 });
  });

  it('is possible for an administrator, says so, and is hidden from strangers', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    expect(await cancel(id, { as: 'mallory' })).toMatchObject({ status: 404 });
    expect(await cancel(id, { as: 'admin' })).toMatchObject({
      body: { reason: { code: 'order/cancelled-by-admin' } },
    });
  });

  it('needs an Idempotency-Key', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    expect(await cancel(id, { key: null })).toMatchObject({
      status: 400,
      body: { code: 'idempotency/key-missing' },
    });
  });

  it('is recorded when an administrator does it to a customer, and not when the customer does', async () => {
    const [theirs, ours] = [await anOrderIn('RESERVING', orders), await anOrderIn('AUTHORISING', orders)];
    await cancel(theirs.id);
    await cancel(ours.id, { as: 'admin' });
    const recorded = async (subject: string) => (await orders.get(Audit).page({ subject, limit: 10 })).items;
    expect(await recorded(theirs.id)).toEqual([]);
    expect(await recorded(ours.id)).toMatchObject([
      {
        actor: 'admin',
        action: 'cancel-order',
        before: { state: 'AUTHORISING' },
        after: { state: 'CANCELLED' },
      },
    ]);
  });
});
