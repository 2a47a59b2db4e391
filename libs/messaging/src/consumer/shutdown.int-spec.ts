import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import {
  effects,
  outboxDepth,
  publish,
  ready,
  recorders,
  vocabulary,
  type World,
  world,
} from '../messaging.fixture.ts';

const words = vocabulary();
const COUNT = 300;

describe('a shutdown under load', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words)));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('loses nothing, and leaves neither rows unsent, lanes held nor offsets uncommitted', async () => {
    const consumer = recorders(words);
    // Each message causes another one.
    consumer.script.batch = (deliveries, { tx }) => {
      for (const delivery of deliveries) {
        const { key, n } = delivery.payload as { key: string; n: number };
        if (n < COUNT) current.outbox.publish(tx, words.Noted, { key, n: n + COUNT }, { cause: delivery });
      }
    };
    let current = await stage.replica({ consumers: [consumer.Batch], tuning: { commitEveryMs: 60_000 } });
    await eventually(() => ready(current));
    let published = 0;
    const load = (async () => {
      for (let n = 0; n < COUNT; n++, published++) {
        // A service that is going down refuses work; its caller tries again.
        await eventually(() => publish(current, words.Counted, { key: `k${n % 10}`, n }));
      }
    })();
    await eventually(() => expect(published).toBeGreaterThan(COUNT / 4), { timeoutMs: 20_000 });

    const old = current;
    current = await stage.replica({ consumers: [consumer.Batch], tuning: { commitEveryMs: 60_000 } });
    await old[Symbol.asyncDispose]();
    await load;
    await eventually(
      async () => expect((await effects(stage.database)).length).toBeGreaterThanOrEqual(2 * COUNT),
      { timeoutMs: 20_000 },
    );
    const numbers = (await effects(stage.database)).map(({ n }) => n);
    expect(numbers).toHaveLength(2 * COUNT);
    expect(new Set(numbers).size).toBe(2 * COUNT);

    await current[Symbol.asyncDispose]();
    expect(await stage.lag()).toBe(0);
    expect(await outboxDepth(stage.database)).toBe(0);
    const [held] = await stage.database.query<{ count: number }>(
      'SELECT count(owner)::int AS count FROM outbox_lanes',
    );
    expect(held?.count).toBe(0);
  });
});
