import { describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import fc from 'fast-check';
import type { Level, Reservation, ReservationState } from './reservation.ts';
import { Warehouse } from './warehouse.ts';

const orderId = newId();
const [mug, pot] = [newId(), newId()] as const;
const level = (given: Partial<Level> = {}): Level => ({ productId: mug, onHand: 5, reserved: 0, ...given });
const holding: Record<ReservationState, Reservation['held']> = {
  RESERVED: 'reserved',
  COMMITTED: 'committed',
  REJECTED: 'nothing',
  RELEASED: 'committed',
  EXPIRED: 'nothing',
};
const shortages = [{ productId: mug, requested: 2, available: 1 }];
const aReservation = (state: ReservationState): Reservation => ({
  orderId,
  state,
  held: holding[state],
  lines: [{ productId: mug, quantity: 2 }],
  shortages: state === 'REJECTED' ? shortages : [],
});
const said = (reply: { definition: { type: string }; payload: unknown } | undefined) =>
  reply && [reply.definition.type.replace(/^shop\.inventory\.|\.v1$/g, ''), reply.payload];

describe('reserving stock', () => {
  it('sets every line aside', () => {
    const warehouse = new Warehouse([level(), level({ productId: pot, onHand: 1 })], []);
    const reply = warehouse.reserve(orderId, [
      { productId: mug, quantity: 2 },
      { productId: pot, quantity: 1 },
    ]);
    expect(said(reply)).toEqual(['stock-reserved', { orderId }]);
    expect(warehouse.changes().levels).toEqual([
      level({ reserved: 2 }),
      level({ productId: pot, onHand: 1, reserved: 1 }),
    ]);
  });

  it('sets nothing aside when one line is short, and names each shortage', () => {
    const warehouse = new Warehouse([level({ reserved: 4 })], []);
    const reply = warehouse.reserve(orderId, [
      { productId: mug, quantity: 1 },
      { productId: pot, quantity: 3 },
    ]);
    expect(said(reply)).toEqual([
      'stock-rejected',
      { orderId, shortages: [{ productId: pot, requested: 3, available: 0 }] },
    ]);
    expect(warehouse.changes()).toMatchObject({ levels: [], reservations: [{ state: 'REJECTED' }] });
  });

  it('adds up two lines of one product', () => {
    const lines = [
      { productId: mug, quantity: 3 },
      { productId: mug, quantity: 3 },
    ];
    expect(said(new Warehouse([level()], []).reserve(orderId, lines))).toEqual([
      'stock-rejected',
      { orderId, shortages: [{ productId: mug, requested: 6, available: 5 }] },
    ]);
    const warehouse = new Warehouse([level({ onHand: 6 })], []);
    warehouse.reserve(orderId, lines);
    expect(warehouse.changes().levels).toEqual([level({ onHand: 6, reserved: 6 })]);
  });

  it('serves the orders of a batch in turn until the stock is gone', () => {
    const warehouse = new Warehouse([level({ onHand: 3 })], []);
    const replies = [1, 2, 3, 4].map(
      () => said(warehouse.reserve(newId(), [{ productId: mug, quantity: 1 }]))?.[0],
    );
    expect(replies).toEqual(['stock-reserved', 'stock-reserved', 'stock-reserved', 'stock-rejected']);
  });
});

describe('a command for each state of a reservation', () => {
  const failed = (reason: string) => ['stock-commit-failed', { orderId, reason }];
  const released = (held: Reservation['held']) => ['stock-released', { orderId, held }];
  const rejected = (given = shortages) => ['stock-rejected', { orderId, shortages: given }];

  it.each([
    ['RESERVED', 'reserve', ['stock-reserved', { orderId }], 'RESERVED', 5, 2],
    ['COMMITTED', 'reserve', ['stock-reserved', { orderId }], 'COMMITTED', 5, 2],
    ['REJECTED', 'reserve', rejected(), 'REJECTED', 5, 2],
    ['RELEASED', 'reserve', rejected([]), 'RELEASED', 5, 2],
    ['EXPIRED', 'reserve', rejected([]), 'EXPIRED', 5, 2],
    ['RESERVED', 'commit', ['stock-committed', { orderId }], 'COMMITTED', 3, 0],
    ['COMMITTED', 'commit', ['stock-committed', { orderId }], 'COMMITTED', 5, 2],
    ['REJECTED', 'commit', failed('rejected'), 'REJECTED', 5, 2],
    ['RELEASED', 'commit', failed('released'), 'RELEASED', 5, 2],
    ['EXPIRED', 'commit', failed('expired'), 'EXPIRED', 5, 2],
    ['RESERVED', 'release', released('reserved'), 'RELEASED', 5, 0],
    ['COMMITTED', 'release', released('committed'), 'RELEASED', 7, 2],
    ['REJECTED', 'release', released('nothing'), 'REJECTED', 5, 2],
    ['RELEASED', 'release', released('committed'), 'RELEASED', 5, 2],
    ['EXPIRED', 'release', released('nothing'), 'EXPIRED', 5, 2],
    ['RESERVED', 'expire', ['reservation-expired', { orderId }], 'EXPIRED', 5, 0],
    ['COMMITTED', 'expire', undefined, 'COMMITTED', 5, 2],
    ['REJECTED', 'expire', undefined, 'REJECTED', 5, 2],
    ['RELEASED', 'expire', undefined, 'RELEASED', 5, 2],
    ['EXPIRED', 'expire', undefined, 'EXPIRED', 5, 2],
  ] as const)('%s + %s', (state, command, answer, next, onHand, reserved) => {
    const warehouse = new Warehouse([level({ reserved: 2 })], [aReservation(state)]);
    const reply = warehouse[command](orderId, [{ productId: mug, quantity: 2 }]);
    expect(said(reply)).toEqual(answer);
    const { levels, reservations } = warehouse.changes();
    expect(reservations[0]?.state ?? state).toBe(next);
    expect(levels[0] ?? level({ reserved: 2 })).toEqual(level({ onHand, reserved }));
  });

  it('an unknown order cannot be committed', () => {
    const warehouse = new Warehouse([level()], []);
    expect(said(warehouse.commit(orderId))).toEqual(failed('never reserved'));
    expect(warehouse.changes()).toEqual({ levels: [], reservations: [] });
  });

  it('a release that comes first refuses the reserve that comes after it', () => {
    const warehouse = new Warehouse([level()], []);
    expect(said(warehouse.release(orderId))).toEqual(released('nothing'));
    expect(said(warehouse.reserve(orderId, [{ productId: mug, quantity: 1 }]))).toEqual(rejected([]));
    expect(warehouse.changes()).toMatchObject({
      levels: [],
      reservations: [{ state: 'RELEASED', lines: [] }],
    });
  });
});

describe('any sequence of commands', () => {
  const orders = Array.from({ length: 4 }, newId);
  const products = Array.from({ length: 3 }, newId);
  const line = fc.record({
    productId: fc.constantFrom(...products),
    quantity: fc.integer({ min: 1, max: 4 }),
  });
  const command = fc.record({
    verb: fc.constantFrom('reserve', 'commit', 'release', 'expire'),
    orderId: fc.constantFrom(...orders),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  });
  const opening = fc.array(fc.nat(6), { minLength: 3, maxLength: 3 });

  it('keeps 0 ≤ reserved ≤ on hand, and on hand plus what was sold is what there was', () => {
    fc.assert(
      fc.property(opening, fc.array(command, { maxLength: 40 }), (onHand, commands) => {
        const levels = products.map((productId, i) => ({ productId, onHand: onHand[i]!, reserved: 0 }));
        const warehouse = new Warehouse(levels, []);
        for (const { verb, orderId, lines } of commands) warehouse[verb](orderId, lines);
        const changes = warehouse.changes();
        const unitsIn = (state: ReservationState, productId: string) =>
          changes.reservations
            .filter((reservation) => reservation.state === state)
            .flatMap(({ lines }) => lines)
            .reduce((units, line) => units + (line.productId === productId ? line.quantity : 0), 0);
        for (const before of levels) {
          const after = changes.levels.find(({ productId }) => productId === before.productId) ?? before;
          expect(after.reserved).toBe(unitsIn('RESERVED', before.productId));
          expect(after.onHand).toBe(before.onHand - unitsIn('COMMITTED', before.productId));
          expect(after.onHand).toBeGreaterThanOrEqual(after.reserved);
        }
      }),
    );
  });

  it('gives the same result in one batch as one by one', () => {
    fc.assert(
      fc.property(opening, fc.array(command, { maxLength: 20 }), (onHand, commands) => {
        const levels = products.map((productId, i) => ({ productId, onHand: onHand[i]!, reserved: 0 }));
        const batch = new Warehouse(levels, []);
        let stored = { levels, reservations: [] as Reservation[] };
        for (const { verb, orderId, lines } of commands) {
          const single = new Warehouse(stored.levels, stored.reservations);
          expect(single[verb](orderId, lines)).toEqual(batch[verb](orderId, lines));
          stored = applied(stored, single.changes());
        }
        expect(sorted(applied({ levels, reservations: [] }, batch.changes()))).toEqual(sorted(stored));
      }),
    );
  });
});

type Rows = ReturnType<Warehouse['changes']>;
const applied = (before: Rows, changes: Rows): Rows => ({
  levels: [...new Map([...before.levels, ...changes.levels].map((row) => [row.productId, row])).values()],
  reservations: [
    ...new Map([...before.reservations, ...changes.reservations].map((row) => [row.orderId, row])).values(),
  ],
});
const sorted = ({ levels, reservations }: Rows) => ({
  levels: levels.toSorted((a, b) => a.productId.localeCompare(b.productId)),
  reservations: reservations.toSorted((a, b) => a.orderId.localeCompare(b.orderId)),
});
