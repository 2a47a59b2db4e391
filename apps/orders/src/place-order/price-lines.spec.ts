import { describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { Problem } from '@shop/service-kit';
import type { PricedProduct } from '../price-copy/products.ts';
import { priceLines } from './price-lines.ts';

const aProduct = (amount: number, currency = 'EUR'): PricedProduct => ({
  id: newId(),
  sku: 'MUG-01',
  name: 'Mug',
  price: { amount, currency },
});
const copyOf = (...products: PricedProduct[]) => new Map(products.map((product) => [product.id, product]));
const want = (product: { id: string }, quantity = 1) => ({ productId: product.id, quantity });

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('expected a problem');
}

describe('pricing an order', () => {
  it('takes names and prices from the copy, and adds them up', () => {
    const mug = aProduct(1999);
    const pen = aProduct(150);
    const { lines, total } = priceLines([want(mug, 2), want(pen, 3)], copyOf(mug, pen));
    expect(lines.map((line) => line.lineTotal.amount)).toEqual([3998, 450]);
    expect(lines[0]).toEqual({
      productId: mug.id,
      sku: 'MUG-01',
      name: 'Mug',
      quantity: 2,
      unitPrice: mug.price,
      lineTotal: { amount: 3998, currency: 'EUR' },
    });
    expect(total).toEqual({ amount: 4448, currency: 'EUR' });
  });

  it('makes one line of a product that is wanted twice, where it was wanted first', () => {
    const mug = aProduct(100);
    const pen = aProduct(10);
    const { lines, total } = priceLines([want(mug, 60), want(pen), want(mug, 70)], copyOf(mug, pen));
    expect(lines.map(({ productId, quantity }) => [productId, quantity])).toEqual([
      [mug.id, 130],
      [pen.id, 1],
    ]);
    expect(total.amount).toBe(13_010);
  });

  it('points at each line whose product is unknown', () => {
    const mug = aProduct(1);
    const [ghost, spectre] = [aProduct(1), aProduct(1)];
    const problem = problemOf(() => priceLines([want(ghost), want(mug), want(spectre)], copyOf(mug)));
    expect(problem.code).toBe('order/unknown-product');
    expect(problem.kind).toBe('unprocessable');
    expect(problem.extra.errors?.map(({ pointer }) => pointer)).toEqual([
      '/lines/0/productId',
      '/lines/2/productId',
    ]);
  });

  it('refuses to add two currencies', () => {
    const mug = aProduct(1);
    const gadget = aProduct(1, 'USD');
    expect(problemOf(() => priceLines([want(mug), want(gadget)], copyOf(mug, gadget))).code).toBe(
      'order/mixed-currencies',
    );
  });

  it('refuses a total that cannot be exact', () => {
    const yacht = aProduct(Number.MAX_SAFE_INTEGER);
    expect(problemOf(() => priceLines([want(yacht, 2)], copyOf(yacht))).code).toBe('order/total-too-large');
  });
});
