import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import fc from 'fast-check';
import { listDeadLetters } from '../dead-letters.ts';
import {
  effects,
  envelope,
  ready,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from '../messaging.fixture.ts';
import { anyMessage } from './any-message.fixture.ts';

const runs = { seed: 20_261_126, numRuns: 600 };

describe.each(['Single', 'Batch'] as const)('messages of any kind (%s)', (kind) => {
  const words = vocabulary();
  let stage: World;
  let replica: Replica;
  beforeAll(async () => {
    stage = await world(words, { partitions: 2 });
    replica = await stage.replica({ consumers: [recorders(words)[kind]] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('are handled or parked, each as it should be, and the consumer goes on', async () => {
    const sent = fc.sample(anyMessage(words), runs);
    for (const { message } of sent) await stage.send(message);
    const last = envelope(words.Counted, { key: 'last', n: 1 });
    await stage.send(last);
    await eventually(async () => expect(await stage.lag()).toBe(0), { timeoutMs: 120_000 });

    const idsOf = (fate: string) =>
      sent.filter((each) => each.fate === fate).map(({ message }) => message.headers['ce_id']);
    const handled = (await effects(replica.database)).map(({ message_id }) => message_id);
    expect(handled.sort()).toEqual([...idsOf('handled'), last.headers['ce_id']].sort());
    // What a handler failed with waits in the retry topic first.
    const letters = await eventually(async () => {
      const all = await listDeadLetters(stage.brokers, { group: words.group });
      expect(handled.length + all.length).toBe(sent.length + 1);
      return all;
    });
    const reasons = new Set(letters.map(({ reason }) => reason));
    expect([...reasons].sort()).toEqual([
      'handler/failed',
      'message/invalid',
      'message/invalid-header',
      'message/missing-header',
      'message/tombstone',
      'message/undecodable',
      'message/unknown-type',
      'message/unknown-version',
    ]);
    await ready(replica);
  }, 180_000);
});
