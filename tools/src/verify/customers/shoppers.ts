import { randomUUID } from 'node:crypto';
import type { PlaceOrder, Product } from '@shop/contracts';
import { ShopClient } from '../../demo/client.ts';
import { type Answer, Gateway } from '../../gateway/client.ts';
import type { Stage } from '../line.ts';

/** Longer than the door lets anything take. */
const patienceMs = 15_000;

export type Call = () => Promise<Answer<unknown>>;

/** One customer who looks around, and one who orders; each call once, whatever the answer. */
export interface Shoppers {
  /** Of the customer. */
  token: string;
  /** What is ordered. */
  wanted: PlaceOrder;
  /** In turn. */
  reads: readonly Call[];
  order: Call;
  /** The orders that were accepted. */
  accepted: ReadonlySet<string>;
  /** How each order of the customer stands. */
  standings(): Promise<Map<string, string>>;
}

/** A customer and a product of this load's own, of which there is enough. */
export async function shoppers({ door, token }: Pick<Stage, 'door' | 'token'>): Promise<Shoppers> {
  const customerToken = await token(`load-${randomUUID().slice(0, 8)}`);
  const customer = new Gateway(door, customerToken);
  const product = await aProduct(new ShopClient(door, await token('admin')));
  const wanted = orderOf(product);
  const accepted = new Set<string>();
  const within = () => ({ signal: AbortSignal.timeout(patienceMs) });
  const browse = () => customer.get('/v1/products', { query: { limit: 20 }, ...within() });
  const look = (id: string) => customer.get('/v1/orders/{id}', { path: { id }, ...within() });
  return {
    token: customerToken,
    wanted,
    reads: [
      browse,
      () => customer.get('/v1/products/{id}', { path: { id: product.id }, ...within() }),
      () => customer.get('/v1/categories', within()),
      () => customer.get('/v1/orders', within()),
      () => [...accepted].slice(-1).map(look)[0] ?? browse(),
    ],
    async order() {
      const header = { 'Idempotency-Key': randomUUID() };
      const answer = await customer.post('/v1/orders', { body: wanted, header, ...within() });
      if (answer.status === 202) accepted.add(answer.body.id);
      return answer;
    },
    accepted,
    standings: () => standingsOf(customer),
  };
}

async function aProduct(admin: ShopClient): Promise<Product> {
  const product = await admin.createProduct({
    sku: `LOAD-${Date.now().toString(36).toUpperCase()}`,
    name: 'Mug of a load test',
    description: 'Sold while pods come and go.',
    category: 'demonstration',
    price: { amount: 1999, currency: 'EUR' },
  });
  await admin.adjustStock(product.id, 100_000);
  return product;
}

const orderOf = ({ id }: Product): PlaceOrder => ({
  lines: [{ productId: id, quantity: 1 }],
  paymentToken: 'tok_ok',
  shippingAddress: {
    name: 'Grace Hopper',
    street: '1 Harbour Street',
    city: 'Arlington',
    postalCode: '22201',
    country: 'US',
  },
});

async function standingsOf(customer: Gateway): Promise<Map<string, string>> {
  const standings = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor && { cursor }) };
    const { status, body } = await customer.get('/v1/orders', { query });
    if (status !== 200) throw new Error(`the list of orders answered ${status}`);
    for (const { id, status: standing } of body.items) standings.set(id, standing);
    cursor = body.nextCursor;
  } while (cursor);
  return standings;
}
