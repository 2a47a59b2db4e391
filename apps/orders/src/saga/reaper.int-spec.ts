import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { anOrderIn, stateOf } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';
import { Reaper } from './reaper.ts';

describe('the reaper', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await RunningOrders.start();
  });
  afterAll(() => orders.stop());

  it.each([
    ['RESERVING', ['release-stock']],
    ['AUTHORISING', ['release-stock', 'cancel-payment']],
    ['COMPLETING', ['release-stock', 'cancel-payment']],
    ['AWAITING_COMMIT', ['release-stock', 'cancel-payment']],
    ['AWAITING_CAPTURE', ['release-stock', 'cancel-payment']],
  ] as const)(
    'rejects an order that stays %s too long, and takes back what it may hold',
    async (state, compensations) => {
      const { id } = await anOrderIn(state, orders);
      const before = await orders.sent(id);
      await orders.missDeadline(id);
      expect((await orders.ask(`/v1/orders/${id}`)).body).toMatchObject({
        status: 'REJECTED',
        reason: { code: 'order/timed-out' },
      });
      expect((await orders.sent(id)).slice(before.length)).toEqual([...compensations, 'order-rejected']);
    },
  );

  it.each(['CONFIRMED', 'REJECTED', 'CANCELLED', 'REFUNDED'] as const)(
    'leaves an order alone that is %s',
    async (state) => {
      const { id } = await anOrderIn(state, orders);
      await orders.missDeadline(id);
      expect(await stateOf(orders, id)).toBe(state);
      expect(
        await orders.rows('SELECT 1 FROM order_sagas WHERE order_id = $1 AND deadline IS NULL', [id]),
      ).toHaveLength(1);
    },
  );

  it('leaves a step alone that has time', async () => {
    const { id } = await anOrderIn('AUTHORISING', orders);
    expect(await orders.get(Reaper).reap()).toBe(0);
    expect(await stateOf(orders, id)).toBe('AUTHORISING');
  });

  it('shares the work with other replicas: each missed deadline passes once', async () => {
    const placed = await Promise.all(Array.from({ length: 12 }, () => anOrderIn('RESERVING', orders)));
    const ids = placed.map(({ id }) => id);
    await orders.rows(`UPDATE order_sagas SET deadline = now() - interval '1 s' WHERE order_id = ANY($1)`, [
      ids,
    ]);
    const reaped = await Promise.all([1, 2, 3].map(() => orders.get(Reaper).reap()));
    expect(reaped.reduce((a, b) => a + b)).toBe(12);
    for (const id of ids)
      expect(await orders.sent(id)).toEqual(['reserve-stock', 'release-stock', 'order-rejected']);
  });

  it('skips an order that is locked, without waiting for it', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    await orders.rows(`UPDATE order_sagas SET deadline = now() - interval '1 s' WHERE order_id = $1`, [id]);
    await orders.locking(id, async () => {
      expect(await orders.get(Reaper).reap()).toBe(0);
    });
    expect(await orders.get(Reaper).reap()).toBe(1);
  });

  it('continues the trace in which the order was placed', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    await orders.missDeadline(id);
    const traces = new Set((await orders.timeline(id)).map(({ traceId }) => traceId));
    expect([...traces]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('comes by itself', async () => {
    await using hasty = await RunningOrders.start({ RESERVE_TIMEOUT_MS: '50', REAPER_INTERVAL_MS: '50' });
    const { id } = await anOrderIn('RESERVING', hasty);
    await eventually(async () => expect(await stateOf(hasty, id)).toBe('REJECTED'));
  });
});
