import { z } from 'zod';

/** An amount in integer minor units (cents) and its ISO 4217 currency. */
export const Money = z
  .strictObject({
    amount: z.int().nonnegative(),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR'),
  })
  .meta({ id: 'Money' });
export type Money = z.output<typeof Money>;

/** Adds amounts of one currency. Throws a RangeError on mixed currencies or beyond 2^53. */
export function sum(amounts: readonly Money[]): Money {
  const [first] = amounts;
  if (!first) throw new RangeError('a sum needs at least one amount');
  return amounts.slice(1).reduce(add, first);
}

/** `quantity` times a unit price. */
export function times(unitPrice: Money, quantity: number): Money {
  return { amount: safe(unitPrice.amount * quantity), currency: unitPrice.currency };
}

function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${b.currency} to ${a.currency}`);
  return { amount: safe(a.amount + b.amount), currency: a.currency };
}

function safe(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError('an amount must be a safe integer');
  return amount;
}
