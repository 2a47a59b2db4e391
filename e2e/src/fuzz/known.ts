import { type NewProduct, newId, type Order, type PlaceOrder, type Product } from '@shop/contracts';
import { aNewProduct, anAddress, eventually } from '@shop/testing';
import type { Target } from './send.ts';
import type { Known } from './valid.ts';

const sizes = { products: 8, orders: 8, stock: 1_000_000 };

/** Puts products with stock and some orders into the shop, for the requests to be about. */
export async function somethingToKnow(target: Target): Promise<Known> {
  const products = await Promise.all(Array.from({ length: sizes.products }, () => product(target)));
  const orders = await Promise.all(
    Array.from({ length: sizes.orders }, (_, n) => order(target, products[n % products.length]!)),
  );
  return { products, orders };
}

async function product(target: Target): Promise<string> {
  const sku = `FUZZ-${newId().slice(-12).toUpperCase()}`;
  const wanted: NewProduct = aNewProduct({ sku });
  const { id } = await post<Product>(target, 'admin', '/v1/admin/products', wanted);
  await post(target, 'admin', `/v1/admin/stock/${id}/adjustments`, { delta: sizes.stock, reason: 'fuzzing' });
  return id;
}

/** Orders hears of a new product by an event, so the first order of it may come too early. */
function order(target: Target, productId: string): Promise<string> {
  const wanted: PlaceOrder = {
    lines: [{ productId, quantity: 1 }],
    paymentToken: 'tok_ok',
    shippingAddress: anAddress(),
  };
  return eventually(async () => (await post<Order>(target, 'customer', '/v1/orders', wanted)).id, {
    timeoutMs: 20_000,
  });
}

async function post<T>(
  { baseUrl, tokens }: Target,
  as: 'admin' | 'customer',
  path: string,
  body: unknown,
): Promise<T> {
  const headers = {
    authorization: `Bearer ${tokens[as]}`,
    'content-type': 'application/json',
    'idempotency-key': newId(),
  };
  const response = await fetch(baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
