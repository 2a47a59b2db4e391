import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { outboxDepth, publish, vocabulary, type World, world } from '../messaging.fixture.ts';
import { outboxWithoutRelay, relayOn } from './relay.fixture.ts';

const words = vocabulary();

describe('the lanes of an outbox', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words)));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('are shared fairly, and taken over at once from a relay that stops', async () => {
    await using first = relayOn(stage, { tuning: { leaseMs: 60_000 } });
    await eventually(() => expect(first.lanes.held).toHaveLength(16));
    const second = relayOn(stage, { tuning: { leaseMs: 60_000 } });
    await eventually(() => expect([first.lanes.held.length, second.lanes.held.length]).toEqual([8, 8]));
    expect(new Set([...first.lanes.held, ...second.lanes.held]).size).toBe(16);

    await second[Symbol.asyncDispose]();
    await eventually(() => expect(first.lanes.held).toHaveLength(16));
  });

  it('are taken over from a relay that died when its lease is over, with a new fence', async () => {
    const dead = relayOn(stage, { tuning: { leaseMs: 1_000 } });
    await eventually(() => expect(dead.lanes.held).toHaveLength(16));
    const fences = new Map(dead.lanes.held.map((lane) => [lane, dead.lanes.fence(lane)]));
    await dead.kill();

    await using heir = relayOn(stage);
    await eventually(() => expect(heir.lanes.held).toHaveLength(16));
    for (const lane of heir.lanes.held) expect(heir.lanes.fence(lane)).toBe(fences.get(lane)! + 1);
  });

  it('have their owner woken by another process, long before it looks by itself', async () => {
    await using owner = relayOn(stage, { tuning: { leaseMs: 60_000, roundMs: 30_000 } });
    await eventually(() => expect(owner.lanes.held).toHaveLength(16));
    await using other = relayOn(stage, { tuning: { roundMs: 30_000 } });
    await eventually(() => expect(other.relay.running).toBe(true));
    await publish(other, words.Counted, { key: 'a', n: 1 });
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0), { timeoutMs: 5_000 });
  });

  it('are looked through every few moments for rows that nobody announced', async () => {
    await using owner = relayOn(stage, { tuning: { roundMs: 200 } });
    await eventually(() => expect(owner.lanes.held).toHaveLength(16));
    await publish(outboxWithoutRelay(stage), words.Counted, { key: 'a', n: 2 });
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0), { timeoutMs: 5_000 });
  });
});
