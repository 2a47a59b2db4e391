import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { outboxDepth, publish, vocabulary, type World, world } from '../messaging.fixture.ts';
import { bodiesOf, firstCopies, outboxWithoutRelay, relayOn } from './relay.fixture.ts';

const words = vocabulary();
const KEYS = 8;
const PER_KEY = 40;

describe('several relays of one outbox', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words)));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('keep the order of each key and lose nothing, while they come, go and die under load', async () => {
    await using first = relayOn(stage);
    const second = relayOn(stage);
    const doomed = relayOn(stage);
    const publishers = [first, second, doomed, outboxWithoutRelay(stage)];
    // Each key is published by one after the other, so its order is defined, but by all in turn.
    let published = 0;
    const load = Promise.all(
      Array.from({ length: KEYS }, async (_, key) => {
        for (let n = 0; n < PER_KEY; n++, published++) {
          await publish(publishers[(n + key) % publishers.length]!, words.Counted, { key: `k${key}`, n });
        }
      }),
    );
    await eventually(() => expect(published).toBeGreaterThan((KEYS * PER_KEY) / 4), { timeoutMs: 20_000 });
    await doomed.kill();
    await second[Symbol.asyncDispose]();
    await using third = relayOn(stage);
    await load;
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0), { timeoutMs: 15_000 });

    const copies = firstCopies(await stage.read(words.topic));
    const byKey = Map.groupBy(bodiesOf(copies), ({ key }) => key);
    expect(byKey.size).toBe(KEYS);
    const inOrder = Array.from({ length: PER_KEY }, (_, n) => n);
    for (const bodies of byKey.values()) expect(bodies.map(({ n }) => n)).toEqual(inOrder);
    expect(third.relay.running).toBe(true);
  });
});
