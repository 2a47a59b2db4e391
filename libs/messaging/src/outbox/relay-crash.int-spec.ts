import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { outboxDepth, publish, vocabulary, type World, world } from '../messaging.fixture.ts';
import { bodiesOf, firstCopies, relayOn } from './relay.fixture.ts';

const words = vocabulary();
const { Counted } = words;

describe('a relay that dies', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words, { partitions: 1 })));
  afterAll(() => stage[Symbol.asyncDispose]());

  const sent = (key: string, messages: Awaited<ReturnType<World['read']>>) =>
    bodiesOf(messages)
      .filter((body) => body.key === key)
      .map(({ n }) => n);

  it('between commit and send leaves the messages to the next one', async () => {
    const victim = relayOn(stage, { producer: () => ({ send: () => new Promise(() => {}) }) });
    await eventually(() => expect(victim.lanes.held).toHaveLength(16));
    await publish(victim, Counted, { key: 'a', n: 1 }, { key: 'a', n: 2 });
    await victim.kill();
    expect(await stage.read(words.topic)).toEqual([]);

    await using next = relayOn(stage);
    await eventually(() => expect(next.lanes.held).toHaveLength(16));
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0));
    expect(sent('a', await stage.read(words.topic))).toEqual([1, 2]);
  });

  it('between send and delete has the messages sent again, under the same ids and in the same order', async () => {
    const victim = relayOn(stage, { tuning: { cleanAfterMs: 4_000 } });
    await eventually(() => expect(victim.lanes.held).toHaveLength(16));
    await publish(victim, Counted, { key: 'b', n: 1 }, { key: 'b', n: 2 });
    await eventually(async () => expect(sent('b', await stage.read(words.topic))).toEqual([1, 2]));
    await victim.kill();
    expect(await outboxDepth(stage.database)).toBe(2);

    await using next = relayOn(stage);
    await eventually(() => expect(next.lanes.held).toHaveLength(16));
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0));
    const all = await stage.read(words.topic);
    expect(sent('b', all)).toEqual([1, 2, 1, 2]);
    expect(sent('b', firstCopies(all))).toEqual([1, 2]);
  });
});
