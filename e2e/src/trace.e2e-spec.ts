import { randomBytes } from 'node:crypto';
import { describe, expect } from '@jest/globals';
import { eventually } from '@shop/testing';
import type { CollectedSpan } from '@shop/tools';
import { orderOf, timelineOf, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

const spansOf = async (traceId: string): Promise<CollectedSpan[]> => {
  const response = await fetch(`${shop.own.collectorUrl}/traces/${traceId}`);
  return ((await response.json()) as { spans: CollectedSpan[] }).spans;
};

describe('one trace', () => {
  ownShop(
    'runs from the browser through HTTP, outbox, Kafka and database to the payment provider',
    async () => {
      const customer = await shop.customer();
      const { id } = await aProductInStock(await shop.admin(), 1);
      const [traceId, browser] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
      const traceparent = { traceparent: `00-${traceId}-${browser}-01` };
      const answer = await customer.post('/v1/orders', {
        body: orderOf(id),
        header: withKey(),
        headers: traceparent,
      });
      expect(answer.headers.get('x-trace-id')).toBe(traceId);
      await untilStatus(customer, answer.body.id, 'CONFIRMED');

      const spans = await eventually(
        async () => {
          const found = await spansOf(traceId);
          const kinds = new Set(found.map(({ service, kind }) => `${service} ${kind}`));
          expect([...kinds]).toEqual(
            expect.arrayContaining([
              'gateway server',
              'gateway client',
              'orders server',
              'orders producer',
              'inventory consumer',
              'inventory producer',
              'orders consumer',
              'payments consumer',
              'payments client',
              'psp-sandbox server',
              'notifications consumer',
            ]),
          );
          return found;
        },
        { timeoutMs: 15_000, everyMs: 200 },
      );
      for (const service of ['orders', 'inventory', 'payments']) {
        const sql = spans.filter(
          (span) =>
            span.service === service && Object.keys(span.attributes).some((name) => name.startsWith('db.')),
        );
        expect([service, sql.length > 0]).toEqual([service, true]);
      }
      const known = new Set([browser, ...spans.map(({ spanId }) => spanId)]);
      const orphans = spans
        .filter(({ parentSpanId }) => !known.has(parentSpanId))
        .map(({ service, name }) => `${service} ${name}`);
      expect(orphans).toEqual([]);
      expect(new Set((await timelineOf(customer, answer.body.id)).map((entry) => entry.traceId))).toEqual(
        new Set([traceId]),
      );
    },
  );
});
