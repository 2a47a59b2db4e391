import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { listDeadLetters, purgeDeadLetters, replayDeadLetters, showDeadLetter } from './dead-letters.ts';
import {
  effects,
  envelope,
  ready,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from './messaging.fixture.ts';

const words = vocabulary();
const other = `${words.group}-other`;

describe('a message that fails again and again', () => {
  let stage: World;
  let replica: Replica;
  const consumer = recorders(words);
  const neighbour = recorders(words);
  let calls: number[] = [];
  const attempts: number[] = [];
  let broken = true;
  beforeAll(async () => {
    stage = await world(words, { also: [other] });
    replica = await stage.replica({ consumers: [consumer.Single], tuning: { retryDelaysMs: [50, 50] } });
    const elsewhere = await stage.replica({
      group: other,
      consumers: [neighbour.Single],
      tuning: { roundMs: 60_000 },
    });
    await eventually(() => Promise.all([ready(replica), ready(elsewhere)]));
    consumer.script.single = ({ n }, { delivery }) => {
      calls.push(n);
      attempts.push(delivery.attempt);
      if (broken) throw new Error('still broken');
    };
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const lettersOf = (messageId: string) => listDeadLetters(stage.brokers, { id: messageId });
  const parked = (messageId: string, count: number) =>
    eventually(async () => {
      const letters = await lettersOf(messageId);
      expect(letters).toHaveLength(count);
      return letters;
    });
  const effectsOf = async (id: string) =>
    (await effects(replica.database)).filter(({ message_id }) => message_id === id);

  it('goes through the retry topic to the dead letters, is repaired by a replay, and takes effect once', async () => {
    const id = newId();
    await stage.send(envelope(words.Counted, { key: 'a', n: 1 }, { ce_id: id }));
    const [letter] = await parked(id, 1);
    // Three tries in place for each of the three rounds.
    expect(attempts).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect(letter).toMatchObject({
      reason: 'handler/failed',
      error: 'Error: still broken',
      attempts: 9,
      key: 'a',
      origin: { topic: words.topic },
    });
    expect(await effectsOf(id)).toHaveLength(1);

    broken = false;
    const before = await neighbours();
    expect(await replayDeadLetters(stage.brokers, { id: letter!.id })).toEqual([letter]);
    await eventually(async () => expect(await effectsOf(id)).toHaveLength(2));
    expect(await lettersOf(id)).toEqual([]);
    expect(await showDeadLetter(stage.brokers, id)).toBeUndefined();
    expect(await neighbours()).toEqual(before);
  });

  const neighbours = () => stage.read(`${words.topic}.${other}.retry`);

  it('becomes a new letter when its replay fails too, and is given up by a purge', async () => {
    broken = true;
    const id = newId();
    await stage.send(envelope(words.Counted, { key: 'b', n: 2 }, { ce_id: id }));
    const [first] = await parked(id, 1);
    await replayDeadLetters(stage.brokers, { id });
    const [second] = await parked(id, 1);
    expect(second!.id).toBe(`${first!.id}-r1`);
    expect(second!.origin).toEqual(first!.origin);

    expect((await purgeDeadLetters(stage.brokers, { id })).map((letter) => letter.id)).toEqual([second!.id]);
    expect(await lettersOf(id)).toEqual([]);
    calls = [];
  });

  it('does nothing when it is replayed although it had taken effect', async () => {
    broken = false;
    const id = newId();
    const message = envelope(words.Counted, { key: 'c', n: 3 }, { ce_id: id });
    await stage.send(message);
    await eventually(async () => expect((await effectsOf(id)).length).toBeGreaterThan(0));
    await stage.send(message, message);
    const last = newId();
    await stage.send(envelope(words.Counted, { key: 'c', n: 4 }, { ce_id: last }));
    await eventually(async () => expect((await effectsOf(last)).length).toBeGreaterThan(0));
    expect(calls.filter((n) => n === 3)).toHaveLength(1);
  });
});
