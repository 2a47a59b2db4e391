import type { Money } from '@shop/contracts';

/** Decimal places by which Stripe's unit differs from that of ISO 4217: Stripe keeps two for ISK and UGX, and none for MGA. */
const shift: Record<string, number> = { ISK: 2, UGX: 2, MGA: -2 };

/** Three decimal places, of which card networks take two. */
const roundToTen = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/**
 * An amount in the unit that Stripe expects, which is ISO's minor unit for nearly all currencies, zero-decimal ones included; undefined if it
 * cannot be said exactly. Nothing is rounded: the customer was told this amount. See https://docs.stripe.com/currencies.
 */
export function stripeAmount({ amount, currency }: Money): number | undefined {
  if (roundToTen.has(currency) && amount % 10 !== 0) return undefined;
  const scaled = amount * 10 ** (shift[currency] ?? 0);
  return Number.isSafeInteger(scaled) ? scaled : undefined;
}
