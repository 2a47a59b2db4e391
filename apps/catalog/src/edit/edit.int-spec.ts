import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type MessageDefinition, type NewProduct, type Product } from '@shop/contracts';
import type { Outbox } from '@shop/messaging';
import { Audit, Transactions } from '@shop/persistence';
import { aNewProduct, euros, eventually } from '@shop/testing';
import { RunningCatalog } from '../running-catalog.fixture.ts';
import { ChangeProduct } from './change-product.ts';
import { CreateProduct } from './create-product.ts';
import { ImportProducts } from './import-products.ts';

const catalog = new RunningCatalog();
beforeAll(() => catalog.start());
afterAll(() => catalog.stop());

const by = 'admin';
const problem = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { code: string }).code,
});
const importing = (items: NewProduct[]) => catalog.send('POST', '/v1/admin/products/import', { items });

describe('creating a product', () => {
  it('answers where it is', async () => {
    const given = aNewProduct();
    const response = await catalog.send('POST', '/v1/admin/products', given);
    const product = (await response.json()) as Product;
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`/v1/products/${product.id}`);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(product).toMatchObject({ ...given, available: null, version: 1 });
  });

  it('refuses a SKU that is taken', async () => {
    const { sku } = await catalog.aProduct();
    expect(await problem(await catalog.send('POST', '/v1/admin/products', aNewProduct({ sku })))).toEqual({
      status: 409,
      code: 'product/sku-taken',
    });
  });

  it('is an administrator’s to do', async () => {
    expect((await catalog.send('POST', '/v1/admin/products', aNewProduct(), { as: 'alice' })).status).toBe(
      403,
    );
  });

  it('refuses what is not a product, naming every fault', async () => {
    const response = await catalog.send('POST', '/v1/admin/products', {
      ...aNewProduct({ name: '' }),
      price: 5,
      colour: 'red',
    });
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/name', '/price']));
  });
});

describe('changing a product', () => {
  it('makes a new version for who has seen the last one', async () => {
    const { id } = await catalog.aProduct();
    const response = await catalog.send(
      'PATCH',
      `/v1/admin/products/${id}`,
      { price: euros(5) },
      { 'if-match': '"1"' },
    );
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await response.json()).toMatchObject({ id, price: euros(5), version: 2 });
  });

  it('refuses who has not', async () => {
    const { id } = await catalog.aProduct();
    const patch = (ifMatch?: string) =>
      catalog.send(
        'PATCH',
        `/v1/admin/products/${id}`,
        { name: 'New' },
        ifMatch ? { 'if-match': ifMatch } : {},
      );
    expect(await problem(await patch())).toEqual({ status: 428, code: 'request/precondition-required' });
    expect(await problem(await patch('"2"'))).toEqual({ status: 412, code: 'product/stale' });
    expect(await problem(await patch('W/"1"'))).toEqual({ status: 412, code: 'product/stale' });
    expect((await patch('"1"')).status).toBe(200);
  });

  it('lets one of many win who change the same version', async () => {
    const { id } = await catalog.aProduct();
    const change = catalog.get(ChangeProduct);
    const outcomes = await catalog.get(Transactions).run(async (tx) => {
      await tx.query(`SELECT FROM products WHERE id = $1 FOR UPDATE`, [id]);
      const changes = ['One', 'Two', 'Three'].map((name) => change.run({ id, ifMatch: '"1"', by }, { name }));
      await eventually(async () => expect(await waiting()).toBe(3));
      return () => Promise.allSettled(changes);
    });
    const statuses = (await outcomes()).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
  const waiting = async () =>
    (
      await catalog.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).length;

  it('knows what is not there', async () => {
    const response = await catalog.send(
      'PATCH',
      `/v1/admin/products/${newId()}`,
      { name: 'New' },
      { 'if-match': '*' },
    );
    expect(await problem(response)).toEqual({ status: 404, code: 'product/not-found' });
  });
});

describe('importing products', () => {
  it('creates, updates and leaves alone, answering in the order given', async () => {
    const [a, b, c] = [aNewProduct(), aNewProduct(), aNewProduct()] as const;
    const first = await (await importing([b, a])).json();
    expect(first).toMatchObject({
      items: [
        { sku: b.sku, outcome: 'created' },
        { sku: a.sku, outcome: 'created' },
      ],
    });
    const second = (await (await importing([c, { ...a, price: euros(1) }, b])).json()) as {
      items: { id: string; outcome: string }[];
    };
    expect(second.items.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'unchanged']);
    expect(second.items.slice(1).map(({ id }) => id)).toEqual(
      (first as typeof second).items.map(({ id }) => id).toReversed(),
    );
    expect((await catalog.list({ query: b.sku })).items).toMatchObject([{ version: 1 }]);
    expect((await catalog.list({ query: a.sku })).items).toMatchObject([{ version: 2, price: euros(1) }]);
  });

  it('refuses a SKU twice, and then imports nothing', async () => {
    const [a, b] = [aNewProduct(), aNewProduct()] as const;
    const response = await importing([a, b, { ...a, name: 'Other' }]);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'product/sku-repeated',
      errors: [{ pointer: '/items/2/sku' }],
    });
    expect((await catalog.list({ query: b.sku })).items).toEqual([]);
  });

  it('goes through beside another import of the same products', async () => {
    const products = Array.from({ length: 100 }, () => aNewProduct());
    const imports = Array.from({ length: 6 }, (_, i) => importing(i % 2 ? products : products.toReversed()));
    expect((await Promise.all(imports)).map(({ status }) => status)).toEqual(Array(6).fill(200));
  });
});

describe('every change', () => {
  const published: [type: string, payload: unknown][] = [];
  const outbox = {
    publish: (_tx: unknown, { type }: MessageDefinition, payload: unknown) => published.push([type, payload]),
  } as unknown as Outbox;
  const events = async (work: () => Promise<unknown>) => {
    await work();
    return published.splice(0);
  };
  const changed = ({ sku, name }: NewProduct, price: object, version: number) => [
    'shop.catalog.product-changed.v1',
    { productId: expect.any(String), sku, name, price, version },
  ];

  it('is published once, and no event without a change', async () => {
    const transactions = catalog.get(Transactions);
    const given = aNewProduct();
    const audit = catalog.get(Audit);
    const create = new CreateProduct(transactions, outbox, audit);
    expect(await events(() => create.run(given, by))).toEqual([changed(given, given.price, 1)]);
    expect(await events(() => create.run(given, by).catch(() => {}))).toEqual([]);
    const [{ id }] = (await catalog.list({ query: given.sku })).items as [Product];
    const change = new ChangeProduct(transactions, outbox, audit);
    expect(await events(() => change.run({ id, ifMatch: '"1"', by }, { price: euros(7) }))).toEqual([
      changed(given, euros(7), 2),
    ]);
    expect(await events(() => change.run({ id, ifMatch: '"2"', by }, { price: euros(7) }))).toEqual([]);
    expect(
      await events(() => change.run({ id, ifMatch: '"1"', by }, { price: euros(8) }).catch(() => {})),
    ).toEqual([]);
    const [item, other] = [{ ...given, price: euros(9) }, aNewProduct()];
    const imports = new ImportProducts(transactions, outbox, audit);
    expect(await events(() => imports.run([item, other], by))).toEqual(
      expect.arrayContaining([changed(given, euros(9), 3), changed(other, other.price, 1)]),
    );
    expect(await events(() => imports.run([item, other], by))).toEqual([]);
  });
});

describe('what an administrator does to a product', () => {
  it('is recorded once, with how the product was before and after, and not when nothing changed', async () => {
    const given = aNewProduct();
    const { id } = await catalog.aProduct(given);
    const patch = (name: string, ifMatch: string) =>
      catalog.send('PATCH', `/v1/admin/products/${id}`, { name }, { 'if-match': ifMatch });
    await patch('Two', '"1"');
    await patch('Two', '"2"');
    await patch('Stale', '"1"');
    for (const _ of ['first', 'again']) await importing([{ ...given, name: 'Three' }]);
    const state = (name: string, version: number) => ({ ...given, name, version });
    const actor = 'admin';
    expect((await catalog.get(Audit).page({ subject: id, limit: 10 })).items).toMatchObject([
      { actor, action: 'import-products', before: state('Two', 2), after: state('Three', 3) },
      { actor, action: 'change-product', before: state(given.name, 1), after: state('Two', 2) },
      { actor, action: 'create-product', before: null, after: state(given.name, 1) },
    ]);
  });

  it('is recorded product by product of an import, with nothing before what was created', async () => {
    const items = [aNewProduct(), aNewProduct()];
    const { items: imported } = (await (await importing(items)).json()) as { items: { id: string }[] };
    for (const [index, { id }] of imported.entries())
      expect((await catalog.get(Audit).page({ subject: id, limit: 10 })).items).toMatchObject([
        { action: 'import-products', before: null, after: items[index] },
      ]);
  });
});
