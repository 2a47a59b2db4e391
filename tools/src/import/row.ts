import { NewProduct } from '@shop/contracts';
import { minorUnits } from './minor-units.ts';
import type { FileRecord } from './record.ts';

/** A product that can be imported, and its opening stock. */
export interface Row {
  line: number;
  item: NewProduct;
  stock: number;
}

/** A line that cannot be imported, with every reason why. */
export interface BadRow {
  line: number;
  reasons: string[];
}

export const isBad = (row: Row | BadRow): row is BadRow => 'reasons' in row;

const MOST_STOCK = 1_000_000_000;

/** Looks at records one after the other; a SKU belongs to the first row that has it. */
export function rowChecker(): (record: FileRecord) => Row | BadRow {
  const lineOf = new Map<string, number>();
  return ({ line, fields, faults }) => {
    if (faults.length > 0) return { line, reasons: faults };
    const { price, currency, stock, ...text } = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, textOf(value)]),
    );
    const amount = minorUnits(price ?? '', currency ?? '');
    const candidate = { ...text, price: { amount: typeof amount === 'number' ? amount : 0, currency } };
    const checked = NewProduct.safeParse(candidate);
    const reasons = checked.success
      ? []
      : checked.error.issues.map(({ path, message }) => `${columnOf(path)} ${readable(message)}`);
    if (typeof amount !== 'number') reasons.push(`price ${amount}`);
    if (!/^\d{1,10}$/.test(stock ?? '') || Number(stock) > MOST_STOCK)
      reasons.push(`stock must be a whole number from 0 to ${MOST_STOCK}`);
    const sku = text['sku'] ?? '';
    const first = lineOf.get(sku);
    if (first !== undefined) reasons.push(`sku ${sku} is already on line ${first}`);
    else if (sku !== '') lineOf.set(sku, line);
    return checked.success && reasons.length === 0
      ? { line, item: checked.data, stock: Number(stock) }
      : { line, reasons };
  };
}

// JSON numbers are as good as text; anything else is no value of a column, and fails as an empty one would.
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const columnOf = (path: PropertyKey[]): string => String(path.at(-1) === 'amount' ? 'price' : path.at(-1));

const readable = (message: string): string =>
  message
    .replace('Too small: expected string to have >=1 characters', 'must not be empty')
    .replace(/^Too big: expected string to have <=(\d+) characters$/, 'must have at most $1 characters');
