import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
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
import { cuttable } from './outage.fixture.ts';

const words = vocabulary();

describe('a database that is out of reach', () => {
  let stage: World;
  let replica: Replica;
  let way: Awaited<ReturnType<typeof cuttable>>;
  const consumer = recorders(words);
  beforeAll(async () => {
    stage = await world(words);
    way = await cuttable(stage.url);
    replica = await stage.replica({ consumers: [consumer.Batch], databaseUrl: way.url });
    await eventually(() => ready(replica));
  });
  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
    way[Symbol.dispose]();
  });

  const send = (from: number, to: number) =>
    stage.send(
      ...Array.from({ length: to - from }, (_, i) =>
        envelope(words.Counted, { key: `k${i % 9}`, n: from + i }),
      ),
    );

  it('makes the partitions wait; then everything takes effect once, in order, and nothing was parked', async () => {
    const cut = Promise.withResolvers<void>();
    consumer.script.batch = () => {
      consumer.script.batch = () => {};
      way.cut();
      cut.resolve();
    };
    await send(0, 300);
    await cut.promise;
    await send(300, 400);
    // Longer than all tries that a message gets while its handler fails.
    await setTimeout(1_000);
    expect((await fetch(`${replica.service.url}/health/live`)).status).toBe(200);
    await way.restore();

    await eventually(async () => expect(await effects(stage.database)).toHaveLength(400));
    const all = await effects(stage.database);
    expect(new Set(all.map(({ n }) => n)).size).toBe(400);
    expect(await stage.read(`${words.topic}.${words.group}.retry`)).toEqual([]);
    expect(await listDeadLetters(stage.brokers, { group: words.group })).toEqual([]);
    for (const list of Map.groupBy(all, ({ key }) => key).values()) {
      const numbers = list.map(({ n }) => n);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });
});
