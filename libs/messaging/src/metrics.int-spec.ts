import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineMessage } from '@shop/contracts';
import { eventually, Scrape } from '@shop/testing';
import { startTelemetry } from '@shop/tracing';
import type { Replica, World } from './messaging.fixture.ts';

// First: instruments that are made before metrics are started stay silent.
await startTelemetry('spec');
const { envelope, publish, ready, recorders, vocabulary, world } = await import('./messaging.fixture.ts');

const words = vocabulary();
const { Counted, group, topic } = words;
const consumed = { messaging_destination_name: topic, messaging_consumer_group_name: group };

describe('metrics of messaging', () => {
  let stage: World;
  let replica: Replica;
  const consumer = recorders(words);
  beforeAll(async () => {
    stage = await world(words, { partitions: 1 });
    replica = await stage.replica({ consumers: [consumer.Single], tuning: { tries: 1 } });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const value = async (name: string, labels?: Record<string, string>) =>
    (await Scrape.of(replica.service.url)).value(name, labels);
  const reaches = (wanted: number, name: string, labels?: Record<string, string>) =>
    eventually(async () => expect([name, await value(name, labels)]).toEqual([name, wanted]), {
      timeoutMs: 15_000,
    });

  it('count what is sent and what is consumed, and time its handling', async () => {
    consumer.script.single = undefined;
    await publish(replica, Counted, { key: 'a', n: 1 }, { key: 'a', n: 2 });
    await reaches(2, 'messaging_client_sent_messages_total', { messaging_destination_name: topic });
    await reaches(2, 'messaging_client_consumed_messages_total', { ...consumed, messaging_system: 'kafka' });
    const handled = await value('messaging_process_duration_seconds_count', {
      messaging_consumer_group_name: group,
    });
    expect(handled).toBeGreaterThan(0);
  });

  it('show the lag of a consumer that is held up', async () => {
    const gate = Promise.withResolvers<void>();
    consumer.script.single = () => gate.promise;
    await stage.send(...[1, 2, 3].map((n) => envelope(Counted, { key: 'a', n })));
    const lag = { ...consumed, messaging_destination_partition_id: '0' };
    await reaches(3, 'shop_messaging_consumer_lag', lag);
    gate.resolve();
    await reaches(0, 'shop_messaging_consumer_lag', lag);
  });

  it('count retries and dead letters from zero', async () => {
    expect(await value('shop_messaging_retried_total', consumed)).toBe(0);
    expect(await value('shop_messaging_dead_lettered_total', consumed)).toBe(0);
    consumer.script.single = () => {
      throw new Error('not now, not ever');
    };
    await stage.send(envelope(Counted, { key: 'a', n: 1 }));
    await reaches(1, 'shop_messaging_dead_lettered_total', consumed);
    expect(await value('shop_messaging_retried_total', consumed)).toBe(3);
    consumer.script.single = undefined;
  });

  it('show what the broker refuses', async () => {
    const Refused = defineMessage({ ...Counted, type: 'spec.refused.v1', topic: `${topic}.missing` });
    await reaches(0, 'shop_outbox_blocked');
    await publish(replica, Refused as never, { key: 'refused', n: 1 });
    await reaches(1, 'shop_outbox_blocked');
    await stage.database.query('DELETE FROM outbox');
  });

  it('show how much waits in the outbox, and for how long, while the broker is out of reach', async () => {
    await using cutOff = await stage.replica({ group: `${group}-cut-off`, brokers: ['127.0.0.1:1'] });
    const at = await Scrape.of(cutOff.service.url);
    expect(at.value('shop_outbox_depth')).toBe(0);
    expect(at.value('shop_outbox_age_seconds')).toBe(0);
    // Into a lane of nobody, or the first replica would send it.
    await stage.database.query(
      `INSERT INTO outbox (lane, message_id, topic, key, type, headers, payload, created_at)
       VALUES (-1, gen_random_uuid(), $1, 'k', 't', '{}', '{}', now() - interval '1 minute')`,
      [topic],
    );
    await eventually(
      async () => {
        const scrape = await Scrape.of(cutOff.service.url);
        expect(scrape.value('shop_outbox_depth')).toBeGreaterThan(0);
        expect(scrape.value('shop_outbox_age_seconds')).toBeGreaterThan(60);
      },
      { timeoutMs: 15_000 },
    );
  });
});
