import { describe, expect, it } from '@jest/globals';
import { MetricStore } from '../store/metric-store.ts';
import { lagsOf, outboxesOf } from './messaging.ts';
import { servicesOf } from './services.ts';

const now = 1_000_000;
const limits = { series: 100, points: 100, silenceMs: 60_000 };

function storeOf(...points: [name: string, value: number, more?: object][]): MetricStore {
  const store = new MetricStore(limits);
  for (const [name, value, more] of points)
    store.add({
      ...{ service: 'orders', instance: 'a', unit: '', attributes: {}, at: now },
      ...more,
      name,
      value,
    });
  return store;
}

describe('a service', () => {
  it('is what its processes say together', () => {
    const request = (status: number, counts: number[]) => ({
      attributes: { 'http.response.status_code': status },
      histogram: { bounds: [0.01, 0.1], counts },
    });
    const store = storeOf(
      ['http.server.request.duration', 90, request(200, [90, 0, 0])],
      ['http.server.request.duration', 10, request(503, [0, 10, 0])],
      ['messaging.client.consumed.messages', 50],
      ['process.cpu.time', 2, { attributes: { 'cpu.mode': 'user' } }],
      ['process.memory.usage', 100],
      ['process.memory.usage', 120, { instance: 'b' }],
      ['nodejs.eventloop.delay.p99', 0.004],
      ['nodejs.eventloop.delay.p99', 0.006, { instance: 'b' }],
    );
    expect(servicesOf(store, now - 100_000, now)).toMatchObject([
      {
        ...{ service: 'orders', instances: 2, requestsPerSecond: 1, errors: 10, messagesPerSecond: 0.5 },
        ...{ cpu: 0.2, memoryBytes: 220, loopDelayMs: 6 },
        p95Ms: expect.closeTo(55),
      },
    ]);
  });

  it('is not said to be idle when it says nothing', () => {
    const store = storeOf(['process.memory.usage', 100, { at: now - 30_000 }]);
    expect(servicesOf(store, now - 100_000, now)).toMatchObject([
      { memoryBytes: null, instances: 0, p50Ms: null },
    ]);
  });
});

describe('messages', () => {
  it('in an outbox are counted by every replica alike', () => {
    const store = storeOf(
      ['shop.outbox.depth', 7],
      ['shop.outbox.depth', 8, { instance: 'b' }],
      ['shop.outbox.age', 3, { unit: 's' }],
    );
    expect(outboxesOf(store, now)).toMatchObject([{ service: 'orders', depth: 8, ageSeconds: 3 }]);
    expect(outboxesOf(store, now)[0]!.history.at(-1)).toBe(8);
  });

  it('that a group has not handled are those of all partitions', () => {
    const of = (partition: string, topic = 'shop.orders.events.v1') => ({
      attributes: {
        'messaging.consumer.group.name': 'orders',
        'messaging.destination.name': topic,
        'messaging.destination.partition.id': partition,
      },
    });
    const store = storeOf(
      ['shop.messaging.consumer.lag', 2, of('0')],
      ['shop.messaging.consumer.lag', 3, of('1')],
      ['shop.messaging.consumer.lag', 1, of('0', 'other')],
      ['shop.messaging.consumer.lag', 6, of('0', 'shop.orders.events.v1.orders.retry')],
      ['shop.messaging.dead_lettered', 4, of('0')],
    );
    expect(lagsOf(store, now)).toMatchObject([
      { group: 'orders', topic: 'other', lag: 1, retrying: null, deadLetters: 0 },
      { group: 'orders', topic: 'shop.orders.events.v1', lag: 5, retrying: 6, deadLetters: 4 },
    ]);
  });
});
