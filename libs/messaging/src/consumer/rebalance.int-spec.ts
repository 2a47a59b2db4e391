import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { effects, envelope, ready, recorders, vocabulary, type World, world } from '../messaging.fixture.ts';

const words = vocabulary();
const COUNT = 900;

describe('a group whose members change under load', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words, { partitions: 6 })));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('handles every message once and in order, also those that were under way when their partition moved', async () => {
    const consumer = recorders(words);
    consumer.script.batch = () => new Promise((resolve) => setTimeout(resolve, 20));
    const first = await stage.replica({ consumers: [consumer.Batch], tuning: { maxBatch: 20 } });
    await eventually(() => ready(first));
    const send = async (from: number, to: number) => {
      for (let n = from; n < to; n += 50) {
        await stage.send(
          ...Array.from({ length: 50 }, (_, i) =>
            envelope(words.Counted, { key: `k${(n + i) % 17}`, n: n + i }),
          ),
        );
      }
    };
    await send(0, COUNT / 3);
    await eventually(async () => expect((await effects(stage.database)).length).toBeGreaterThan(20));

    const load = send(COUNT / 3, COUNT);
    const second = await stage.replica({ consumers: [consumer.Batch], tuning: { maxBatch: 20 } });
    await eventually(() => ready(second));
    await first[Symbol.asyncDispose]();
    await load;

    await eventually(
      async () => expect((await effects(stage.database)).length).toBeGreaterThanOrEqual(COUNT),
      { timeoutMs: 20_000 },
    );
    const byKey = Map.groupBy(await effects(stage.database), ({ key }) => key);
    for (const [key, list] of byKey) {
      const expected = Array.from({ length: COUNT }, (_, n) => n).filter((n) => `k${n % 17}` === key);
      expect(list.map(({ n }) => n)).toEqual(expected);
    }
    expect(byKey.size).toBe(17);
  });
});
