import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { eventually } from '@shop/testing';
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

describe.each(['Single', 'Batch'] as const)('a message that is delivered more than once (%s)', (kind) => {
  const words = vocabulary();
  let stage: World;
  let replica: Replica;
  const consumer = recorders(words);
  beforeAll(async () => {
    stage = await world(words);
    replica = await stage.replica({ consumers: [consumer[kind]] });
    await eventually(() => ready(replica));
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const countOf = async (id: string) =>
    (await effects(replica.database)).filter(({ message_id }) => message_id === id).length;

  it('takes effect once, whether the copies come together or apart', async () => {
    const [id, last] = [newId(), newId()];
    const copy = () => envelope(words.Counted, { key: 'a', n: 1 }, { ce_id: id });
    await stage.send(copy(), copy(), copy());
    await eventually(async () => expect(await countOf(id)).toBe(1));
    await stage.send(copy(), envelope(words.Counted, { key: 'a', n: 2 }, { ce_id: last }));
    await eventually(async () => expect(await countOf(last)).toBe(1));
    expect(await countOf(id)).toBe(1);
  });

  it('takes effect when it is tried again after its handler failed', async () => {
    const id = newId();
    let calls = 0;
    const fail = () => {
      if (++calls < 3) throw new Error('not yet');
    };
    Object.assign(consumer.script, { single: fail, batch: fail });
    await stage.send(envelope(words.Counted, { key: 'a', n: 3 }, { ce_id: id }));
    await eventually(async () => expect(await countOf(id)).toBe(1));
    expect(calls).toBe(3);
  });
});
