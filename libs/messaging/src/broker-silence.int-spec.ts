import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, freePort, type RunningKafka, startKafka, TcpProxy } from '@shop/testing';
import { KafkaJsBroker } from './broker/kafkajs.ts';
import { createTopics } from './topics.ts';

const topic = 'shop.spec.silence.v1';
/** A request may take ten seconds before it counts as lost. */
const PATIENCE = { timeoutMs: 40_000, everyMs: 200 };

describe('connections to the broker that have died without a word', () => {
  let proxy: TcpProxy;
  let kafka: RunningKafka;
  beforeAll(async () => {
    const port = await freePort();
    proxy = await TcpProxy.before(port);
    kafka = await startKafka({ port, advertisedPort: proxy.port });
    await createTopics(kafka.brokers, { topics: [topic], subscriptions: {}, partitions: 1 });
  }, 90_000);
  afterAll(async () => {
    await kafka.stop();
    await proxy.close();
  });

  it('are replaced, by who sends and by who receives', async () => {
    const broker = new KafkaJsBroker('spec', kafka.brokers, () => {});
    const producer = broker.producer();
    const received: string[] = [];
    const nothing = () => {};
    const consumer = broker.consume(randomUUID(), [topic], {
      assigned: nothing,
      rebalancing: nothing,
      lost: nothing,
      received: async (_, messages) => void received.push(...messages.map(({ value }) => String(value))),
    });
    const send = (value: string) => producer.send([{ topic, key: 'a', value, headers: {} }]);
    try {
      await send('before');
      await eventually(() => expect(received).toEqual(['before']));
      proxy.silence();
      const lost = send('lost');
      proxy.heal();
      await lost.catch(nothing);
      await eventually(() => send('after'), PATIENCE);
      await eventually(() => expect(received).toContain('after'), PATIENCE);
    } finally {
      await Promise.allSettled([consumer.close(), producer.close(), broker.close()]);
    }
  }, 120_000);
});
