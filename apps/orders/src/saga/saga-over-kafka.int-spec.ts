import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as contracts from '@shop/contracts';
import { Outbox } from '@shop/messaging';
import { listDeadLetters } from '@shop/messaging/dead-letters';
import { createTopics } from '@shop/messaging/topics';
import { Transactions } from '@shop/persistence';
import { eventually, type RunningKafka, startKafka } from '@shop/testing';
import type { Reply } from '../model/vocabulary.ts';
import { aReply } from '../testing/deliveries.fixture.ts';
import { aProductState, stateOf } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';

// A broker of its own: on a shared one the other services' suites would answer the commands.
describe('the saga over Kafka', () => {
  let kafka: RunningKafka;
  let orders: RunningOrders;
  beforeAll(async () => {
    kafka = await startKafka();
    await createTopics(kafka.brokers);
    orders = await RunningOrders.start({ KAFKA_BROKERS: kafka.brokers.join(',') });
  }, 60_000);
  afterAll(async () => {
    await orders?.stop();
    await kafka?.stop();
  });

  /** What inventory, payments and the catalogue would say, through the topics they would say it on. */
  const say = (reply: Reply, id: string) => {
    const { payload } = aReply(reply, id);
    return orders
      .get(Transactions)
      .run(async (tx) => orders.get(Outbox).publish(tx, contracts[reply], payload as never));
  };

  it('confirms an order of a product that was announced a moment ago, and tells the world', async () => {
    const mug = aProductState();
    await orders
      .get(Transactions)
      .run(async (tx) => orders.get(Outbox).publish(tx, contracts.ProductChanged, mug));
    const { body } = await eventually(async () => {
      const placed = await orders.place({ lines: [{ productId: mug.productId, quantity: 1 }] });
      expect(placed.status).toBe(202);
      return placed;
    });
    await say('StockReserved', body.id);
    await eventually(async () => expect(await stateOf(orders, body.id)).toBe('AUTHORISING'));
    await say('PaymentAuthorised', body.id);
    await eventually(async () => expect(await stateOf(orders, body.id)).toBe('COMPLETING'));
    await Promise.all([say('PaymentCaptured', body.id), say('StockCommitted', body.id)]);
    await eventually(async () => expect(await stateOf(orders, body.id)).toBe('CONFIRMED'));
    expect((await orders.timeline(body.id)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await eventually(async () => expect(await orders.sent(body.id)).toEqual([]));
  });

  it('parks a reply that cannot be, and moves the orders whose replies came with it', async () => {
    const mug = aProductState();
    await orders.know(mug);
    const lines = [{ productId: mug.productId, quantity: 1 }];
    const placed = await Promise.all(Array.from({ length: 30 }, () => orders.place({ lines })));
    const ids = placed.map(({ body }) => body.id);
    // One transaction, so that they travel together.
    await orders.get(Transactions).run(async (tx) => {
      const publish = (reply: Reply, id: string) =>
        orders.get(Outbox).publish(tx, contracts[reply], aReply(reply, id).payload as never);
      for (const [index, id] of ids.entries()) publish(index === 15 ? 'StockCommitted' : 'StockReserved', id);
    });
    await eventually(async () => {
      const states = await Promise.all(ids.map((id) => stateOf(orders, id)));
      expect(states).toEqual(ids.map((_, index) => (index === 15 ? 'RESERVING' : 'AUTHORISING')));
    });
    const letters = await eventually(async () => {
      const found = await listDeadLetters(kafka.brokers, { reason: 'order/impossible-input' });
      expect(found).toHaveLength(1);
      return found;
    });
    expect(letters).toMatchObject([{ key: ids[15], type: contracts.StockCommitted.type }]);
  });

  it('moves each of many orders on its own, while their replies arrive in a heap', async () => {
    const mug = aProductState();
    await orders.know(mug);
    const lines = [{ productId: mug.productId, quantity: 1 }];
    const placed = await Promise.all(Array.from({ length: 40 }, () => orders.place({ lines })));
    const ids = placed.map(({ body }) => body.id);
    const all = (state: string) =>
      eventually(async () =>
        expect(new Set(await Promise.all(ids.map((id) => stateOf(orders, id))))).toEqual(new Set([state])),
      );
    await Promise.all(ids.map((id) => say('StockReserved', id)));
    await all('AUTHORISING');
    await Promise.all(ids.map((id) => say('PaymentAuthorised', id)));
    await all('COMPLETING');
    await Promise.all(ids.flatMap((id) => [say('PaymentCaptured', id), say('StockCommitted', id)]));
    await all('CONFIRMED');
  });
});
