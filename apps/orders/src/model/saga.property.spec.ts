import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { saga } from './saga.ts';
import { World } from './world.fixture.ts';

type Turn = (world: World) => void;
const index = fc.nat(5);
const requests = fc.constantFrom('CancelRequested', 'RefundRequested');
const turn: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(index, fc.boolean()).map(
      ([at, lucky]): Turn =>
        (world) =>
          world.obey(at, lucky),
    ),
  },
  {
    weight: 3,
    arbitrary: index.map(
      (at): Turn =>
        (world) =>
          world.hear(at),
    ),
  },
  { weight: 6, arbitrary: fc.constant<Turn>((world) => world.proceed()) },
  { weight: 1, arbitrary: fc.constant<Turn>((world) => world.passDeadline()) },
  { weight: 1, arbitrary: fc.constant<Turn>((world) => world.expireReservation()) },
  {
    weight: 2,
    arbitrary: requests.map(
      (request): Turn =>
        (world) =>
          world.input(request),
    ),
  },
);
const schedule = fc.array(turn, { maxLength: 40 });

function after(turns: Turn[]): World {
  const world = new World();
  for (const act of turns) act(world);
  world.settle();
  return world;
}

describe('an order under any schedule of commands, answers, deadlines, expiries and requests', () => {
  it('ends, and holds exactly the stock and the money that its end says', () => {
    const held = {
      CONFIRMED: { stock: ['committed'], money: ['taken'] },
      REFUNDED: { stock: ['committed'], money: ['returned'] },
      REJECTED: { stock: ['untouched', 'refused', 'gone'], money: ['untouched', 'declined', 'returned'] },
      CANCELLED: { stock: ['untouched', 'refused', 'gone'], money: ['untouched', 'declined', 'returned'] },
    };
    const ends = new Set<string>();
    fc.assert(
      fc.property(schedule, (turns) => {
        const world = after(turns);
        ends.add(world.state);
        const allowed = held[world.state as keyof typeof held];
        expect(allowed.stock).toContain(world.stock);
        expect(allowed.money).toContain(world.money);
      }),
      { numRuns: 5_000 },
    );
    // A schedule that never got anywhere would prove nothing.
    expect([...ends].sort()).toEqual(Object.keys(held).sort());
  });

  it('never leaves an end, except for a refund', () => {
    fc.assert(
      fc.property(schedule, schedule, (before, afterwards) => {
        const world = after(before);
        const end = saga[world.state].status;
        for (const act of afterwards) act(world);
        world.settle();
        expect([end, ...(end === 'CONFIRMED' ? ['REFUNDED'] : [])]).toContain(saga[world.state].status);
      }),
      { numRuns: 1_000 },
    );
  });
});
