import fc from 'fast-check';
import type { Wanted } from '../shop/orders.ts';
import { productIds } from '../shop/names.ts';

/** What a simulation does, all of it: the stock, the orders, and each step up to the rest of the orders, and again after it. */
export interface Schedule {
  stock: number[];
  orders: (Wanted & { regretted: boolean })[];
  /** Until everything is left in peace; numbers that the table of steps reads. */
  before: number[];
  /** After all orders have ended: late copies, refunds, cancellations. */
  after: number[];
}

const tokens = ['tok_ok', 'tok_ok', 'tok_ok', 'tok_ok', 'tok_declined', 'tok_insufficient_funds', 'tok_hang'];
const line = fc.record({
  productId: fc.constantFrom(...productIds),
  quantity: fc.integer({ min: 1, max: 2 }),
});
const order = fc.record({
  // The same product may be there twice.
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  paymentToken: fc.constantFrom(...tokens),
  /** Its refund is asked for as soon as it is confirmed. */
  regretted: fc.constantFrom(false, false, true),
});
const steps = (maxLength: number) => fc.array(fc.nat(), { maxLength, size: 'max' });

/** Without a bias towards small values: they would all be the same ordinary step. */
export const schedules: fc.Arbitrary<Schedule> = fc.noBias(
  fc.record({
    stock: fc.tuple(fc.nat(8), fc.nat(8)),
    orders: fc.array(order, { minLength: 1, maxLength: 3 }),
    before: steps(120),
    after: steps(40),
  }),
);
