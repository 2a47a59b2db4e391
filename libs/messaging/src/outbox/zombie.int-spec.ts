import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@shop/testing';
import { outboxDepth, publish, vocabulary, type World, world } from '../messaging.fixture.ts';
import { bodiesOf, firstCopies, outboxWithoutRelay, relayOn } from './relay.fixture.ts';

const words = vocabulary();
const { Counted } = words;

/** A producer that reports when it is about to send, sends when it is told to, and reports when it has. */
function gate() {
  const [begun, open, sent] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ];
  const producer = (real: { send(messages: readonly never[]): Promise<void> }) => ({
    async send(messages: readonly never[]) {
      begun.resolve();
      await open.promise;
      await real.send(messages);
      sent.resolve();
    },
  });
  return { begun: begun.promise, open: open.resolve, sent: sent.promise, producer: producer as never };
}

describe('a relay that slept past its lease', () => {
  let stage: World;
  beforeAll(async () => void (stage = await world(words, { partitions: 1 })));
  afterAll(() => stage[Symbol.asyncDispose]());

  it('may finish what it had begun, which deletes nothing of the new owner and changes no order', async () => {
    const [zombies, heirs] = [gate(), gate()];
    // As long as it sleeps it renews nothing, and its clock says that no time has passed.
    await using zombie = relayOn(stage, {
      ...zombies,
      tuning: { leaseMs: 600, roundMs: 60_000 },
      clock: () => 0,
    });
    await eventually(() => expect(zombie.lanes.held).toHaveLength(16));
    await publish(zombie, Counted, { key: 'a', n: 1 });
    await zombies.begun;

    await using heir = relayOn(stage, heirs);
    await eventually(() => expect(heir.lanes.held).toHaveLength(16));
    await publish(outboxWithoutRelay(stage), Counted, { key: 'a', n: 2 });
    await heirs.begun;
    zombies.open();
    await zombies.sent;
    await zombie[Symbol.asyncDispose]();
    expect(await outboxDepth(stage.database)).toBe(2);

    heirs.open();
    await eventually(async () => expect(await outboxDepth(stage.database)).toBe(0));
    const copies = await stage.read(words.topic);
    expect(bodiesOf(copies).map(({ n }) => n)).toEqual([1, 1, 2]);
    expect(bodiesOf(firstCopies(copies)).map(({ n }) => n)).toEqual([1, 2]);
  });

  it('does not begin to send when its own clock says that the lease is nearly over', async () => {
    let now = 0;
    await using relay = relayOn(stage, { tuning: { leaseMs: 600, roundMs: 60_000 }, clock: () => now });
    await eventually(() => expect(relay.lanes.held).not.toEqual([]));
    const [lane = -1] = relay.lanes.held;
    expect(relay.lanes.maySend(lane)).toBe(true);
    now = 401;
    expect(relay.lanes.maySend(lane)).toBe(false);
  });
});
