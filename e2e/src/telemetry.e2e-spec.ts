import { randomBytes } from 'node:crypto';
import { describe, expect } from '@jest/globals';
import { eventually } from '@shop/testing';
import type { CollectedSpan, Overview } from '@shop/tools';
import { orderOf, place, untilStatus } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

const get = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${shop.own.collectorUrl}${path}`)).json()) as T;
const overview = () => get<Overview>('/overview');
const patiently = { timeoutMs: 20_000, everyMs: 200 };

/** The tests' shop traces only what asks for it. */
const traced = (traceId: string) => ({ traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` });

describe('the telemetry page', () => {
  ownShop('follows one placed order through every service on its way', async () => {
    const customer = await shop.customer();
    const { id } = await aProductInStock(await shop.admin(), 1);
    const traceId = randomBytes(16).toString('hex');
    const { body: order } = await place(customer, orderOf(id), undefined, traced(traceId));
    await untilStatus(customer, order.id, 'CONFIRMED');

    await eventually(async () => {
      const { spans } = await get<{ spans: CollectedSpan[] }>(`/traces/${traceId}`);
      expect([...new Set(spans.map(({ service }) => service))].sort()).toEqual([
        ...['gateway', 'inventory', 'notifications', 'orders', 'payments', 'psp-sandbox'],
      ]);
    }, patiently);
    await eventually(async () => {
      const { orders, calls } = await overview();
      expect(orders.find((seen) => seen.traceId === traceId)).toMatchObject({
        ...{ orderId: order.id, status: 'CONFIRMED', services: 6 },
      });
      expect(calls.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual(
        expect.arrayContaining([
          'gateway http orders',
          'orders message inventory',
          'inventory message orders',
          'orders message payments',
          'payments http psp-sandbox',
          'payments message orders',
          'orders message notifications',
        ]),
      );
    }, patiently);
  });

  ownShop('knows of each service, each outbox and each group’s lag by their metrics', async () => {
    await eventually(async () => {
      const { services, outboxes, lags } = await overview();
      expect(services.map(({ service }) => service)).toEqual(Object.keys(shop.own.urls).sort());
      for (const { memoryBytes, cpu } of services) expect([memoryBytes, cpu]).not.toContain(null);
      expect(services.find(({ service }) => service === 'gateway')!.requestsPerSecond).toBeGreaterThan(0);
      expect(outboxes.map(({ service }) => service)).toEqual(['catalog', 'inventory', 'orders', 'payments']);
      for (const { depth } of outboxes) expect(depth).not.toBeNull();
      expect(lags.map(({ group, topic }) => `${group} ${topic}`)).toEqual(
        expect.arrayContaining([
          'inventory shop.inventory.commands.v1',
          'notifications shop.orders.events.v1',
          'orders shop.inventory.events.v1',
          'payments shop.payments.commands.v1',
        ]),
      );
    }, patiently);
  });
});
