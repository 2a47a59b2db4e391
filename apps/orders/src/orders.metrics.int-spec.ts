import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Scrape } from '@shop/testing';
import { anOrderIn } from './testing/orders-in-states.fixture.ts';
import { RunningOrders } from './testing/running-orders.fixture.ts';

describe('metrics of orders', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await RunningOrders.start();
  });
  afterAll(() => orders.stop());

  const scrape = async () => new Scrape(await (await orders.raw('/metrics')).text());

  it('count orders from placed to their outcome, and the money they bring and take back', async () => {
    expect((await scrape()).value('shop_orders_placed_total')).toBe(0);
    const { total } = await anOrderIn('CONFIRMED', orders);
    await anOrderIn('REFUNDED', orders);
    await anOrderIn('REJECTED', orders);
    await anOrderIn('CANCELLED', orders);
    const metrics = await scrape();
    expect(metrics.value('shop_orders_placed_total')).toBe(4);
    const ended = (outcome: string, reason: string) =>
      metrics.value('shop_orders_ended_total', { outcome, reason });
    expect(ended('CONFIRMED', 'none')).toBe(2);
    expect(ended('REFUNDED', 'none')).toBe(1);
    expect(ended('REJECTED', 'stock/insufficient')).toBe(1);
    expect(ended('CANCELLED', 'order/cancelled-by-customer')).toBe(1);
    expect(metrics.value('shop_orders_revenue_total', { currency: 'EUR' })).toBe(2 * total.amount);
    expect(metrics.value('shop_orders_refunded_total', { currency: 'EUR' })).toBe(total.amount);
    expect(metrics.value('shop_orders_confirmation_duration_seconds_count')).toBe(2);
    expect(metrics.value('shop_orders_confirmation_duration_seconds_sum')).toBeGreaterThan(0);
    expect(metrics.value('shop_saga_state_duration_seconds_count', { state: 'RESERVING' })).toBe(4);
    expect(metrics.value('shop_saga_state_duration_seconds_count', { state: 'COMPLETING' })).toBe(2);
  });

  it('show how many orders wait in each state, and since when the oldest does', async () => {
    const { id } = await anOrderIn('AUTHORISING', orders);
    await anOrderIn('AUTHORISING', orders);
    await orders.rows(`UPDATE order_sagas SET since = now() - interval '90 seconds' WHERE order_id = $1`, [
      id,
    ]);
    const metrics = await scrape();
    expect(metrics.value('shop_saga_orders', { state: 'AUTHORISING' })).toBe(2);
    expect(metrics.value('shop_saga_oldest_seconds', { state: 'AUTHORISING' })).toBeGreaterThanOrEqual(90);
    expect(metrics.value('shop_saga_orders', { state: 'REFUNDING' })).toBe(0);
    expect(metrics.value('shop_saga_oldest_seconds', { state: 'REFUNDING' })).toBe(0);
    expect(metrics.value('shop_saga_orders', { state: 'CONFIRMED' })).toBeUndefined();
  });
});
