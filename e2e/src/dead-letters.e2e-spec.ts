import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect } from '@jest/globals';
import { newId, OrderConfirmed, samples } from '@shop/contracts';
import { eventually, produce } from '@shop/testing';
import { mailAbout } from './support/mail.ts';
import { orderOf, placed, untilStatus } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

interface Letter {
  id: string;
  messageId: string;
  reason: string;
  group: string;
  type: string;
  attempts: number;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The real command, as an operator types it. */
async function dlq(...args: string[]): Promise<string> {
  const env = { ...process.env, KAFKA_BROKERS: shop.own.brokers.join(',') };
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'dlq', '--', ...args], {
    cwd: root,
    env,
  });
  return stdout;
}

const lettersAbout = async (ids: readonly string[]): Promise<Letter[]> =>
  (JSON.parse(await dlq('list', '--json', '--group', 'notifications')) as Letter[]).filter(({ messageId }) =>
    ids.includes(messageId),
  );

const poison = (id: string, value: string, type = OrderConfirmed.type as string) =>
  produce(shop.own.brokers, {
    topic: OrderConfirmed.topic,
    key: id,
    value,
    headers: {
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: type,
      ce_source: 'e2e',
      ce_time: new Date().toISOString(),
      'content-type': 'application/json',
    },
  });

describe('a message that nobody can handle', () => {
  ownShop('is parked, holds up nothing, and can be listed, shown, replayed and purged', async () => {
    const ids = Array.from({ length: 8 }, () => newId());
    const bodies = [
      '{ not JSON',
      '{}',
      JSON.stringify({ ...(samples[OrderConfirmed.type] as object), total: 'much' }),
    ];
    await Promise.all(ids.slice(1).map((id, index) => poison(id, bodies[index % bodies.length]!)));
    await poison(ids[0]!, '{}', 'shop.orders.order-vanished.v1');

    const customer = await shop.customer();
    const order = await placed(customer, orderOf((await aProductInStock(await shop.admin(), 1)).id));
    await untilStatus(customer, order.id, 'CONFIRMED');
    await eventually(() => mailAbout(order.id, 'Your order is confirmed'));

    const parked = await eventually(async () => {
      const letters = await lettersAbout(ids);
      expect(letters.map(({ messageId }) => messageId).sort()).toEqual(ids.toSorted());
      return letters;
    });
    expect(new Set(parked.map(({ reason }) => reason.split('/')[0]))).toEqual(new Set(['message']));
    const undecodable = parked.find(({ messageId }) => messageId === ids[1])!;
    expect(await dlq('show', undecodable.id)).toContain('{ not JSON');

    await dlq('replay', undecodable.id);
    await eventually(async () => {
      const [again] = await lettersAbout([ids[1]!]);
      expect(again).toMatchObject({ messageId: ids[1], reason: undecodable.reason });
      expect(again!.id).not.toBe(undecodable.id);
    });

    await dlq('purge', '--all', '--group', 'notifications');
    expect(await lettersAbout(ids)).toEqual([]);
    await expect(dlq('purge', ids[0]!)).rejects.toMatchObject({ code: 1 });
  });
});
