import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineMessage } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { outboxDepth, vocabulary, type World, world } from '../messaging.fixture.ts';
import { createTopics } from '../topics.ts';
import { bodiesOf, relayOn } from './relay.fixture.ts';

const words = vocabulary();
const { Counted } = words;
/** No such topic, so the broker refuses it as it refuses a message that is too large. */
const Refused = defineMessage({ ...Counted, type: 'spec.refused.v1', topic: `${words.topic}.missing` });

describe('a message that the broker refuses', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words)));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('blocks its key, not its lane, says why, and is sent once the cause is gone', async () => {
    await using relay = relayOn(stage);
    const { transactions, outbox } = relay;
    await eventually(() => expect(relay.relay.running).toBe(true));
    await transactions.run(async (tx) => {
      outbox.publish(tx, Counted, { key: 'before', n: 1 });
      outbox.publish(tx, Refused, { key: 'blocked', n: 2 });
      outbox.publish(tx, Counted, { key: 'blocked', n: 3 });
      // Far more keys than lanes.
      for (let n = 0; n < 40; n++) outbox.publish(tx, Counted, { key: `free-${n}`, n });
    });
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(2));
    await transactions.run(async (tx) => outbox.publish(tx, Counted, { key: 'blocked', n: 4 }));

    const [row] = await stage.database.query<object>(
      'SELECT type, attempts, last_error FROM outbox WHERE blocked_until IS NOT NULL',
    );
    expect(row).toEqual({
      type: 'spec.refused.v1',
      attempts: expect.any(Number),
      last_error: 'UNKNOWN_TOPIC_OR_PARTITION',
    });
    const others = new Set(bodiesOf(await stage.read(words.topic)).map(({ key }) => key));
    expect(others.size).toBe(41);
    expect(others.has('blocked')).toBe(false);

    await createTopics(stage.brokers, { topics: [Refused.topic], subscriptions: {}, partitions: 1 });
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0), { timeoutMs: 20_000 });
    expect(bodiesOf(await stage.read(Refused.topic))).toEqual([{ key: 'blocked', n: 2 }]);
    const blocked = bodiesOf(await stage.read(words.topic)).filter(({ key }) => key === 'blocked');
    expect(blocked.map(({ n }) => n)).toEqual([3, 4]);
  });
});
