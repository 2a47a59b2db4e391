import { beforeAll, describe, expect, it } from '@jest/globals';
import { CategoryList, type ProductPatch, type StockLevel } from '@shop/contracts';
import { aNewProduct } from '@shop/testing';
import type { Schemas } from '@shop/tools/gateway';
import type { Answer, Client } from './support/client.ts';
import { orderOf, place, untilStatus } from './support/orders.ts';
import { adjust, aProductInStock, aSku, untilAvailable } from './support/products.ts';
import { shop } from './support/shop.ts';

describe('products', () => {
  let admin: Client;
  beforeAll(async () => {
    admin = await shop.admin();
  });

  const productOf = (id: string, known?: string) =>
    shop.anyone.get('/v1/products/{id}', { path: { id }, header: { 'If-None-Match': known } });
  const patch = (id: string, body: ProductPatch, known: string) =>
    admin.patch('/v1/admin/products/{id}', { path: { id }, header: { 'If-Match': known }, body });

  it('are not sent twice while they are unchanged', async () => {
    const { id } = await aProductInStock(admin, 3);
    const first = await productOf(id);
    const etag = first.headers.get('etag')!;
    expect(first.body.available).toBe(3);
    const again = await productOf(id, etag);
    expect([again.status, again.headers.get('etag'), again.body]).toEqual([304, etag, undefined]);
    await adjust(admin, id, 1);
    expect(await productOf(id, etag)).toMatchObject({
      status: 200,
      body: { available: 4 },
    });
  });

  it('are changed only by who has seen their last version', async () => {
    const created = await admin.post('/v1/admin/products', { body: aNewProduct({ sku: aSku() }) });
    const { id } = created.body;
    expect(created.headers.get('location')).toBe(`/v1/products/${id}`);
    const etag = (await productOf(id)).headers.get('etag')!;
    const changed = await patch(id, { name: 'Cup' }, etag);
    expect(changed).toMatchObject({ status: 200, body: { name: 'Cup', version: 2 } });
    expect(await patch(id, { name: 'Bowl' }, etag)).toMatchObject({ status: 412 });
    expect(
      await admin.sendRaw('PATCH', `/v1/admin/products/${id}`, { body: { name: 'Bowl' } }),
    ).toMatchObject({ status: 428 });
    expect(await patch(id, { name: 'Bowl' }, changed.headers.get('etag')!)).toMatchObject({
      status: 200,
    });
    expect((await productOf(id)).body).toMatchObject({ name: 'Bowl', version: 3 });
  });

  it('are sold at the price of their last version', async () => {
    const [customer, product] = [await shop.customer(), await aProductInStock(admin, 10)];
    await patch(product.id, { price: { amount: 2500, currency: 'EUR' } }, '*');
    const { total } = await untilNewPrice(customer, product.id, 2500);
    expect(total).toEqual({ amount: 2500, currency: 'EUR' });
  });

  const untilNewPrice = async (customer: Client, productId: string, amount: number) => {
    for (let attempt = 0; ; attempt++) {
      const { body } = await place(customer, orderOf(productId));
      await untilStatus(customer, body.id, 'CONFIRMED');
      if (body.total.amount === amount || attempt === 5) return body;
    }
  };

  it('keep their SKU to themselves', async () => {
    const product = aNewProduct({ sku: aSku() });
    expect((await admin.post('/v1/admin/products', { body: product })).status).toBe(201);
    expect(await admin.post('/v1/admin/products', { body: product })).toMatchObject({
      status: 409,
      body: { code: 'product/sku-taken' },
    });
  });

  it('are found by category, price and text, page by page', async () => {
    const category = `e2e-${aSku().toLowerCase()}`;
    for (const amount of [300, 100, 200]) {
      const product = aNewProduct({
        sku: aSku(),
        category,
        name: `Lamp ${amount}`,
        price: { amount, currency: 'EUR' },
      });
      expect((await admin.post('/v1/admin/products', { body: product })).status).toBe(201);
    }
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { category, sort: '-price', limit: 2, cursor } as const;
      const { body }: Answer<Schemas['ProductPage']> = await shop.anyone.get('/v1/products', { query });
      names.push(...body.items.map((product) => product.name));
      cursor = body.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toEqual(['Lamp 300', 'Lamp 200', 'Lamp 100']);
    const some = await shop.anyone.get('/v1/products', {
      query: { category, query: 'lamp', minPrice: 150, maxPrice: 250 },
    });
    expect(some.body.items.map((product) => product.name)).toEqual(['Lamp 200']);
    const categories = CategoryList.parse((await shop.anyone.get('/v1/categories')).body);
    expect(categories.items).toContainEqual(expect.objectContaining({ id: category, products: 3 }));
  });

  it('are imported and opened in bulk, as often as one likes', async () => {
    const items = Array.from({ length: 500 }, (_, index) =>
      aNewProduct({ sku: aSku(), name: `Import ${index}`, description: 'x'.repeat(400) }),
    );
    const load = () => admin.post('/v1/admin/products/import', { body: { items } });
    const first = await load();
    expect(first.status).toBe(200);
    expect(new Set(first.body.items.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    const again = await load();
    expect(again.body.items.map(({ id }) => id)).toEqual(first.body.items.map(({ id }) => id));
    expect(new Set(again.body.items.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));

    const opening = { items: first.body.items.map(({ id }) => ({ productId: id, quantity: 7 })) };
    for (let repeat = 0; repeat < 2; repeat++)
      expect((await admin.post('/v1/admin/stock/opening', { body: opening })).status).toBe(200);
    expect((await productOf(first.body.items[0]!.id)).body.available).toBe(7);
  });

  it('cannot have less stock than is promised', async () => {
    const [customer, product] = [await shop.customer(), await aProductInStock(admin, 5)];
    const { body: order } = await place(
      customer,
      orderOf(product.id, { quantity: 3, paymentToken: 'tok_slow' }),
    );
    await untilAvailable(customer, product.id, 2);
    expect(await adjust(admin, product.id, -3)).toMatchObject({
      status: 409,
      body: { code: 'stock/below-reserved' },
    });
    expect(await adjust(admin, product.id, -2)).toMatchObject({
      status: 200,
      body: { onHand: 3, reserved: 3, available: 0 } satisfies Partial<StockLevel>,
    });
    await untilStatus(customer, order.id, 'CONFIRMED');
  });
});
