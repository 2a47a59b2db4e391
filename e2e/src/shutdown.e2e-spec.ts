import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { eventually } from '@shop/testing';
import { placePatiently, untilAllEnded } from './support/crowd.ts';
import { kill, pidOf, untilReady } from './support/faults.ts';
import { orderOf } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

const services = ['gateway', 'notifications', 'orders', 'payments', 'inventory', 'catalog'];

describe('a shutdown', () => {
  ownShop('of each service under load drains, loses nothing, and leaves no complaint', async () => {
    const [customer, { id }] = [await shop.customer(), await aProductInStock(await shop.admin(), 100)];
    const before = new Map(services.map((service) => [service, pidOf(service)]));
    const placing = Array.from({ length: 40 }, () => placePatiently(customer, orderOf(id)));
    for (const service of services) kill(service, 'SIGTERM');
    await eventually(
      () => {
        for (const service of services)
          expect([service, pidOf(service)]).not.toEqual([service, before.get(service)]);
      },
      { timeoutMs: 20_000 },
    );
    await Promise.all(services.map(untilReady));
    const ended = await untilAllEnded(await Promise.all(placing));
    expect(ended.map(({ order }) => order.status)).toEqual(ended.map(() => 'CONFIRMED'));
    for (const service of services) {
      const log = await readFile(join(shop.own.dataDir, 'logs', `${service}.log`), 'utf8');
      expect([
        service,
        log.match(/did not stop within|have been cut|uncaught error|could not stop cleanly/g),
      ]).toEqual([service, null]);
    }
  });
});
