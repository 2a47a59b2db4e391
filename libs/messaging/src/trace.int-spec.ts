import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { currentTraceId, inNewTrace, startTelemetry } from '@shop/tracing';
import { eventually } from '@shop/testing';
import type { Delivery } from './delivery.ts';
import { carrierOf } from './headers.ts';
import {
  publish,
  ready,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from './messaging.fixture.ts';

const words = vocabulary();

describe('a trace', () => {
  let stage: World;
  let replica: Replica;
  const consumer = recorders(words);
  beforeAll(async () => {
    await startTelemetry();
    stage = await world(words, { partitions: 1 });
    replica = await stage.replica({ consumers: [consumer.Batch] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('goes from the publisher through outbox and broker to the handler, and on to what that publishes, also out of a batch', async () => {
    const seen: Pick<Delivery, 'type' | 'traceId' | 'payload'>[] = [];
    consumer.script.batch = (deliveries, { tx }) => {
      seen.push(...deliveries);
      for (const delivery of deliveries) {
        if (delivery.type === 'spec.counted.v1')
          replica.outbox.publish(tx, words.Noted, delivery.payload as never, { cause: delivery });
      }
    };
    const traces: string[] = [];
    await Promise.all(
      [1, 2, 3].map((n) =>
        inNewTrace({}, async () => {
          traces[n] = currentTraceId();
          await publish(replica, words.Counted, { key: 'a', n });
        }),
      ),
    );
    expect(new Set(traces.filter(Boolean)).size).toBe(3);
    await eventually(() => expect(seen).toHaveLength(6));
    for (const { payload, traceId } of seen) expect(traceId).toBe(traces[(payload as { n: number }).n]);
    const carried = (await stage.read(words.topic)).map(
      ({ headers }) => carrierOf(headers)['traceparent']?.split('-')[1],
    );
    expect(new Set(carried)).toEqual(new Set(traces.filter(Boolean)));
  });
});
