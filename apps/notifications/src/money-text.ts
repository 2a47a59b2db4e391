import type { Money } from '@shop/contracts';

/** `{ amount: 1999, currency: 'EUR' }` → `EUR 19.99`, with as many digits as the currency has (JPY none, KWD three). */
export function moneyText({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  // Intl puts a no-break space after the code; a plain one keeps the e-mail ASCII.
  return format.format(amount / 10 ** digits).replaceAll('\u00a0', ' ');
}
