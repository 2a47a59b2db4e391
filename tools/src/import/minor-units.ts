/** An amount such as `19.99` in the currency's minor units, or what is wrong with it. Computed on the digits: a double would round. */
export function minorUnits(price: string, currency: string): number | string {
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,4}))?$/.exec(price) ?? [];
  if (whole === undefined) return 'must look like 19.99';
  const digits = digitsOf(currency);
  if (fraction.length > digits) return `has more decimals than ${currency} (${digits})`;
  return Number(whole + fraction.padEnd(digits, '0'));
}

const known = new Map<string, number>();

function digitsOf(currency: string): number {
  // Whether the currency itself is well-formed is for the product's schema to say.
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  const digits =
    known.get(currency) ??
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2;
  known.set(currency, digits);
  return digits;
}
