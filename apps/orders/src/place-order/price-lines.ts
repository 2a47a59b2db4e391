import type { Money, OrderLine, PlaceOrder } from '@shop/contracts';
import { sum, times } from '@shop/contracts';
import { Problem } from '@shop/service-kit';
import type { PricedProduct } from '../price-copy/products.ts';
import { problems } from '../orders.errors.ts';

export interface PricedOrder {
  lines: OrderLine[];
  total: Money;
}

/** A product that is wanted twice becomes one line, so that its stock is reserved once for all of it. */
export function priceLines(
  wanted: PlaceOrder['lines'],
  known: ReadonlyMap<string, PricedProduct>,
): PricedOrder {
  refuseUnknown(wanted, known);
  const currencies = new Set(wanted.map(({ productId }) => known.get(productId)!.price.currency));
  if (currencies.size > 1)
    throw new Problem(problems.mixedCurrencies, `This order has ${[...currencies].sort().join(' and ')}.`);
  try {
    const lines = merge(wanted).map(({ productId, quantity }) => price(known.get(productId)!, quantity));
    return { lines, total: sum(lines.map((line) => line.lineTotal)) };
  } catch (error) {
    if (error instanceof RangeError) throw new Problem(problems.totalTooLarge, undefined, { cause: error });
    throw error;
  }
}

function refuseUnknown(wanted: PlaceOrder['lines'], known: ReadonlyMap<string, PricedProduct>): void {
  const errors = wanted.flatMap(({ productId }, index) =>
    known.has(productId)
      ? []
      : [{ pointer: `/lines/${index}/productId`, message: `no product has the id ${productId}` }],
  );
  if (errors.length > 0) throw new Problem(problems.unknownProduct, undefined, { errors });
}

function merge(wanted: PlaceOrder['lines']): PlaceOrder['lines'] {
  const quantities = new Map<string, number>();
  for (const { productId, quantity } of wanted)
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

function price({ id, sku, name, price: unitPrice }: PricedProduct, quantity: number): OrderLine {
  return { productId: id, sku, name, quantity, unitPrice, lineTotal: times(unitPrice, quantity) };
}
