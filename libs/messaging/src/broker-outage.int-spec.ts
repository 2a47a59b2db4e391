import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type RunningKafka, startKafka } from '@shop/testing';
import {
  effects,
  outboxDepth,
  publish,
  ready,
  recorders,
  type Replica,
  vocabulary,
  type World,
  world,
} from './messaging.fixture.ts';

const words = vocabulary();

describe('a broker that crashes and comes back', () => {
  let kafka: RunningKafka;
  let stage: World;
  let replica: Replica;
  const consumer = recorders(words);
  beforeAll(async () => {
    kafka = await startKafka();
    stage = await world(words, { brokers: kafka.brokers });
    replica = await stage.replica({ consumers: [consumer.Batch] });
    await eventually(() => ready(replica), { timeoutMs: 20_000 });
  }, 60_000);
  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
    await kafka.stop();
  }, 60_000);

  it('costs no message and no service: what is published meanwhile waits in the outbox', async () => {
    const send = (from: number, to: number) =>
      publish(
        replica,
        words.Counted,
        ...Array.from({ length: to - from }, (_, i) => ({ key: `k${i % 5}`, n: from + i })),
      );
    await send(0, 20);
    await eventually(async () => expect((await effects(stage.database)).length).toBeGreaterThan(0));
    await kafka.kill();
    await send(20, 60);
    expect(await outboxDepth(stage.database)).toBeGreaterThanOrEqual(40);
    for (const path of ['live', 'ready'])
      expect((await fetch(`${replica.service.url}/health/${path}`)).status).toBe(200);

    await kafka.restart();
    await send(60, 80);
    await eventually(
      async () =>
        expect((await effects(stage.database)).map(({ n }) => n).sort((a, b) => a - b)).toEqual(
          Array.from({ length: 80 }, (_, n) => n),
        ),
      { timeoutMs: 40_000 },
    );
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0));
    for (const list of Map.groupBy(await effects(stage.database), ({ key }) => key).values()) {
      expect(list.map(({ n }) => n)).toEqual(list.map(({ n }) => n).toSorted((a, b) => a - b));
    }
  }, 90_000);
});
