import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect } from '@jest/globals';
import { eventually } from '@shop/testing';
import { readRules } from '@shop/tools';
import { type Placed, untilAllEnded } from './support/crowd.ts';
import { broker } from './support/faults.ts';
import { scrape } from './support/metrics.ts';
import { orderOf, placed, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

const condition = /^max by \(job\) \((?<metric>\w+)\) > (?<seconds>\d+)$/;
const { expr = '' } = readRules(join(import.meta.dirname, '../..')).find(
  ({ alert }) => alert === 'OutboxStuck',
)!;
const { metric = '', seconds } = condition.exec(expr)?.groups ?? {};
const stuckSeconds = Number(seconds);
const everyMs = 500;

describe('a broker that is stopped', () => {
  let stopped = false;
  afterEach(() => (stopped ? broker('start') : undefined));

  const outbox = async () => {
    const metrics = await scrape('orders');
    const value = (name: string) => metrics.value(name) ?? NaN;
    return {
      age: value(metric),
      depth: value('shop_outbox_depth'),
      placed: value('shop_orders_placed_total'),
    };
  };

  ownShop(
    'is seen in the age of the outbox while orders are still accepted, and afterwards all of them are confirmed',
    async () => {
      expect(expr).toMatch(condition);
      const customer = await shop.customer();
      const { id } = await aProductInStock(await shop.admin(), 1_000);
      // What is under way when the broker goes has less time than the outage takes.
      await untilStatus(customer, (await placed(customer, orderOf(id))).id, 'CONFIRMED');
      await eventually(async () => expect(await outbox()).toMatchObject({ age: 0, depth: 0 }), {
        timeoutMs: 20_000,
      });
      const before = await outbox();

      await broker('stop');
      stopped = true;
      const accepted: Placed[] = [];
      let now = before;
      for (const end = performance.now() + 60_000; !(now.age > stuckSeconds) && performance.now() < end;) {
        const answer = await customer.post('/v1/orders', { body: orderOf(id), header: withKey() });
        expect(answer.status).toBe(202);
        accepted.push({ customer, order: answer.body });
        await sleep(everyMs);
        now = await outbox();
      }
      expect(now.age).toBeGreaterThan(stuckSeconds);
      expect(accepted.length).toBeGreaterThan(stuckSeconds);
      expect(now.placed - before.placed).toBe(accepted.length);
      expect((await scrape('inventory')).value('shop_messaging_consumer_lag')).toBeUndefined();

      await broker('start');
      stopped = false;
      const ended = await untilAllEnded(accepted);
      expect(ended.map(({ order }) => order.status)).toEqual(accepted.map(() => 'CONFIRMED'));
      await eventually(async () => expect(await outbox()).toMatchObject({ age: 0, depth: 0 }), {
        timeoutMs: 20_000,
      });
    },
    240_000,
  );
});
