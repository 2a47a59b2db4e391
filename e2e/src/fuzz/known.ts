import { newId } from '@shop/contracts';
import { aNewProduct, anAddress, eventually } from '@shop/testing';
import { type Answer, Gateway } from '@shop/tools/gateway';
import type { Target } from './send.ts';
import type { Known } from './valid.ts';

const withKey = () => ({ 'Idempotency-Key': newId() });
const sizes = { products: 8, orders: 8, stock: 1_000_000 };

/** Puts products with stock and some orders into the shop, for the requests to be about. */
export async function somethingToKnow({ baseUrl, tokens }: Target): Promise<Known> {
  const [admin, customer] = [new Gateway(baseUrl, tokens.admin), new Gateway(baseUrl, tokens.customer)];
  const products = await Promise.all(Array.from({ length: sizes.products }, () => product(admin)));
  const orders = await Promise.all(
    Array.from({ length: sizes.orders }, (_, n) => order(customer, products[n % products.length]!)),
  );
  return { products, orders };
}

async function product(admin: Gateway): Promise<string> {
  const sku = `FUZZ-${newId().slice(-12).toUpperCase()}`;
  const { id } = good(await admin.post('/v1/admin/products', { body: aNewProduct({ sku }) }));
  const opening = { path: { productId: id }, body: { delta: sizes.stock, reason: 'fuzzing' } };
  good(await admin.post('/v1/admin/stock/{productId}/adjustments', { ...opening, header: withKey() }));
  return id;
}

/** Orders hears of a new product by an event, so the first order of it may come too early. */
function order(customer: Gateway, productId: string): Promise<string> {
  const body = {
    lines: [{ productId, quantity: 1 }],
    paymentToken: 'tok_ok',
    shippingAddress: anAddress(),
  };
  return eventually(async () => good(await customer.post('/v1/orders', { header: withKey(), body })).id, {
    timeoutMs: 20_000,
  });
}

function good<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(`the shop answers ${status}: ${JSON.stringify(body)}`);
  return body;
}
