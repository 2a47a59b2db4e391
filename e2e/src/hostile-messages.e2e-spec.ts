import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect } from '@jest/globals';
import {
  AuthorisePayment,
  type MessageDefinition,
  newId,
  PaymentAuthorised,
  ProductChanged,
  ReserveStock,
  samples,
  StockReserved,
} from '@shop/contracts';
import { eventually, produce } from '@shop/testing';
import fc from 'fast-check';
import { damaged, spoiled } from './fuzz/spoiled.ts';
import { orderOf, placed, untilStatus } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

const runs = { seed: 1, numRuns: 60 };
/** One of each topic that these groups consume; notifications' is in dead-letters.e2e-spec.ts. */
const consumed: [group: string, MessageDefinition][] = [
  ['inventory', ReserveStock],
  ['payments', AuthorisePayment],
  ['orders', ProductChanged],
  ['orders', StockReserved],
  ['orders', PaymentAuthorised],
];
const groups = [...new Set(consumed.map(([group]) => group))];

/** Bodies that do not fit: a golden sample with something wrong in one place, or no longer JSON. */
function faultyBodies({ type, schema }: MessageDefinition): string[] {
  const sample = fc.constant(samples[type]);
  const texts = fc.oneof(
    spoiled(sample).map((value) => JSON.stringify(value)),
    damaged(sample),
  );
  return fc.sample(texts, runs).filter((text) => !fits(schema, text));
}

function fits(schema: MessageDefinition['schema'], text: string): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

async function dlq(...args: string[]): Promise<string> {
  const env = { ...process.env, KAFKA_BROKERS: shop.own.brokers.join(',') };
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const options = { cwd, env, maxBuffer: 64 * 1024 * 1024 };
  return (await promisify(execFile)('npm', ['run', '--silent', 'dlq', '--', ...args], options)).stdout;
}

const parkedBy = async (group: string) =>
  (JSON.parse(await dlq('list', '--json', '--group', group)) as { messageId: string }[]).map(
    ({ messageId }) => messageId,
  );

describe('messages that fit no schema, on every topic of commands and replies', () => {
  ownShop(
    'are all parked by the service that reads them, and the next order goes through',
    async () => {
      const sent = new Map<string, string[]>(groups.map((group) => [group, []]));
      for (const [group, definition] of consumed) {
        for (const value of faultyBodies(definition)) {
          const id = newId();
          sent.get(group)!.push(id);
          const headers = { ce_specversion: '1.0', ce_id: id, ce_type: definition.type, ce_source: 'e2e' };
          await produce(shop.own.brokers, { topic: definition.topic, key: id, value, headers });
        }
      }
      const customer = await shop.customer();
      const order = await placed(customer, orderOf((await aProductInStock(await shop.admin(), 1)).id));
      await untilStatus(customer, order.id, 'CONFIRMED');
      for (const [group, ids] of sent) {
        expect(ids.length).toBeGreaterThan(20);
        await eventually(async () => expect(await parkedBy(group)).toEqual(expect.arrayContaining(ids)), {
          everyMs: 500,
        });
        await dlq('purge', '--all', '--group', group);
      }
    },
    180_000,
  );
});
