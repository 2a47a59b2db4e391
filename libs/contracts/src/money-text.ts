import type { Money } from './money.ts';

// Making one takes a hundred times longer than using it.
const formats = new Map<string, Intl.NumberFormat>();

/** `{ amount: 1999, currency: 'EUR' }` → `EUR 19.99`, with as many digits as the currency has (JPY none, KWD three). */
export function moneyText({ amount, currency }: Money): string {
  const format = formatOf(currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  // Intl puts a no-break space after the code; a plain one keeps e-mails ASCII.
  return format.format(amount / 10 ** digits).replaceAll('\u00a0', ' ');
}

function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  formats.set(currency, format);
  return format;
}
