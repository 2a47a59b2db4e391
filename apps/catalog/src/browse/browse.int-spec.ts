import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Product } from '@shop/contracts';
import { aNewProduct, euros } from '@shop/testing';
import { RunningCatalog } from '../running-catalog.fixture.ts';

const catalog = new RunningCatalog();
beforeAll(() => catalog.start());
afterAll(() => catalog.stop());

/** Follows the cursors to the end. */
async function walk(
  query: Record<string, string | number>,
  betweenPages: () => Promise<unknown> = async () => {},
): Promise<Product[]> {
  const seen: Product[] = [];
  let cursor: string | null = null;
  do {
    const page = await catalog.list({ limit: 3, ...query, ...(cursor && { cursor }) });
    seen.push(...page.items);
    cursor = page.nextCursor;
    if (cursor) await betweenPages();
  } while (cursor);
  return seen;
}

const cursorFor = async (query: Record<string, string | number>) =>
  (await catalog.list({ limit: 1, ...query })).nextCursor!;
const refusal = async (path: string, as?: string) => {
  const response = await catalog.fetch(path, as ? await catalog.bearer(as) : {});
  return [response.status, ((await response.json()) as { code: string }).code];
};

describe('walking through the products', () => {
  const category = 'walk';
  // Names and prices that tie, and names that only people put in this order.
  const names = ['Éclair tin', 'apple tin', 'Banana tin', 'fig tin', 'apple tin', 'apple tin', 'Zest tin'];
  const products: Product[] = [];
  beforeAll(async () => {
    for (const [i, name] of names.entries())
      products.push(await catalog.aProduct({ category, name, price: euros(100 * (i % 3)) }));
  });
  const ids = (list: Product[]) => list.map(({ id }) => id);

  it.each([
    ['name', (a: Product, b: Product) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id)],
    ['price', (a: Product, b: Product) => a.price.amount - b.price.amount || a.id.localeCompare(b.id)],
    ['-price', (a: Product, b: Product) => b.price.amount - a.price.amount || b.id.localeCompare(a.id)],
    ['newest', (a: Product, b: Product) => b.id.localeCompare(a.id)],
  ])('by %s meets each exactly once, in order', async (sort, order) => {
    for (const limit of [1, 2, 3, 7, 20]) {
      expect(ids(await walk({ category, sort, limit }))).toEqual(ids(products.toSorted(order)));
    }
  });

  it.each(['name', 'price', '-price', 'newest'])(
    'by %s meets each exactly once while others are added',
    async (sort) => {
      const inserts = () =>
        Promise.all(
          ['A', 'apple', 'fig', 'zz'].map((name) =>
            catalog.aProduct({ category: 'walk-busy', name, price: euros(100) }),
          ),
        );
      await inserts();
      const before = ids((await catalog.list({ category: 'walk-busy', limit: 100 })).items);
      const seen = ids(
        await walk({ category: 'walk-busy', sort, limit: 7 }, async () =>
          seenEnough() ? undefined : inserts(),
        ),
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => before.includes(id)).toSorted()).toEqual(before.toSorted());
    },
  );
  let rounds = 0;
  const seenEnough = () => ++rounds % 4 === 0;

  it('answers 20 at a time unless told otherwise, and null after the last', async () => {
    await catalog.send('POST', '/v1/admin/products/import', {
      items: Array.from({ length: 21 }, () => aNewProduct({ category: 'many' })),
    });
    const first = await catalog.list({ category: 'many' });
    expect(first.items).toHaveLength(20);
    expect(await catalog.list({ category: 'many', cursor: first.nextCursor! })).toMatchObject({
      items: [{}],
      nextCursor: null,
    });
  });

  it('refuses a cursor of another sort or filter, or one that was tampered with', async () => {
    const cursor = await cursorFor({ category, sort: 'price' });
    const invalid = [400, 'request/cursor-invalid'];
    expect(await refusal(`/v1/products?category=${category}&sort=name&cursor=${cursor}`)).toEqual(invalid);
    expect(await refusal(`/v1/products?category=other&sort=price&cursor=${cursor}`)).toEqual(invalid);
    expect(await refusal(`/v1/products?category=${category}&sort=price&maxPrice=5&cursor=${cursor}`)).toEqual(
      invalid,
    );
    expect(
      await refusal(`/v1/products?category=${category}&sort=price&cursor=${cursor.slice(0, -2)}AA`),
    ).toEqual(invalid);
    expect(await refusal('/v1/products?cursor=nonsense')).toEqual(invalid);
    expect(await catalog.list({ category, sort: 'price', limit: 2, cursor })).toMatchObject({
      items: [{}, {}],
    });
  });

  it('can go on after the longest name there may be', async () => {
    const name = '茶'.repeat(200);
    await catalog.aProduct({ category: 'long', name });
    await catalog.aProduct({ category: 'long', name });
    expect(await walk({ category: 'long', limit: 1 })).toHaveLength(2);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'sort=best',
    'minPrice=-1',
    'minPrice=1.5',
    'category=%27',
    'colour=red',
  ])('refuses %s', async (query) => {
    expect(await refusal(`/v1/products?${query}`)).toEqual([400, 'request/invalid']);
  });
});

describe('finding products', () => {
  const category = 'find';
  beforeAll(async () => {
    await catalog.aProduct({
      category,
      sku: 'FIND-POUR',
      name: 'Pour-over dripper',
      description: 'For one mug of coffee.',
      price: euros(2400),
    });
    await catalog.aProduct({
      category,
      sku: 'FIND-MUGS',
      name: 'Café mugs, set of 4',
      description: 'They stack.',
      price: euros(3200),
    });
    await catalog.aProduct({
      category,
      sku: 'FIND-X9',
      name: 'The thermos',
      description: "Keeps a baker's dozen of cups warm.",
      price: euros(5000),
    });
  });
  const found = async (query: Record<string, string | number>) =>
    (await catalog.list({ category, sort: 'price', ...query })).items.map(({ sku }) => sku);

  it.each([
    ['a word of the name', 'dripper', ['FIND-POUR']],
    ['its beginning', 'dri', ['FIND-POUR']],
    ['another form of it', 'mugs', ['FIND-POUR', 'FIND-MUGS']],
    ['a word of the description', 'stack', ['FIND-MUGS']],
    ['words on both sides', 'pour coffee', ['FIND-POUR']],
    ['hyphenated words, with the hyphen or without', 'pour over', ['FIND-POUR']],
    ['and so', 'POUR-OVER', ['FIND-POUR']],
    ['words without their accents', 'cafe', ['FIND-MUGS']],
    ['and with them', 'CAFÉ', ['FIND-MUGS']],
    ['the SKU', 'find-x9', ['FIND-X9']],
    ['beginnings that are stop words', 'the', ['FIND-MUGS', 'FIND-X9']],
    ['an apostrophe', "baker's", ['FIND-X9']],
    ['operators as plain text', 'mug | !stack & (', ['FIND-MUGS']],
    ['nothing that is not there', 'teapot', []],
    ['nothing by punctuation', '&|!', []],
    ['everything by nothing', ' ', ['FIND-POUR', 'FIND-MUGS', 'FIND-X9']],
  ])('by %s', async (_, query, skus) => {
    expect(await found({ query })).toEqual(skus);
  });

  it('by price, both ends included', async () => {
    expect(await found({ minPrice: 2400, maxPrice: 3200 })).toEqual(['FIND-POUR', 'FIND-MUGS']);
    expect(await found({ minPrice: 2401, maxPrice: 3199 })).toEqual([]);
  });

  it('by category, listed with their names and sizes', async () => {
    await catalog.aProduct({ category: 'desk-and-paper' });
    const { items } = (await (await catalog.fetch('/v1/categories')).json()) as { items: { id: string }[] };
    expect(items).toContainEqual({ id: 'find', name: 'Find', products: 3 });
    expect(items).toContainEqual({ id: 'desk-and-paper', name: 'Desk and paper', products: 1 });
    expect(items.map(({ id }) => id)).toEqual(items.map(({ id }) => id).toSorted());
  });
});

describe('showing a product', () => {
  it('answers it with its ETag, and 304 to whoever has that version', async () => {
    const product = await catalog.aProduct({ price: euros(9_007_199_254_740_991) });
    const response = await catalog.fetch(`/v1/products/${product.id}`);
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await response.json()).toEqual({
      ...product,
      available: null,
      version: 1,
      price: euros(9_007_199_254_740_991),
    });
    for (const tag of ['"1"', 'W/"1"', '"9", "1"', '*']) {
      const known = await catalog.fetch(`/v1/products/${product.id}`, { 'if-none-match': tag });
      expect([known.status, known.headers.get('etag'), await known.text()]).toEqual([304, '"1"', '']);
    }
    expect((await catalog.fetch(`/v1/products/${product.id}`, { 'if-none-match': '"2"' })).status).toBe(200);
  });

  it('answers many at once, and leaves out what is not there', async () => {
    const [one, two] = [await catalog.aProduct(), await catalog.aProduct()];
    const path = `/v1/products/batch?ids=${one.id},${newId()},${two.id}`;
    const response = await catalog.fetch(path, await catalog.bearer('gateway'));
    const { items } = (await response.json()) as { items: Product[] };
    expect(items.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      [one, two].toSorted((a, b) => a.id.localeCompare(b.id)),
    );
    expect(await refusal('/v1/products/batch?ids=x', 'gateway')).toEqual([400, 'request/invalid']);
    expect(await refusal(path)).toEqual([401, 'auth/token-missing']);
    expect(await refusal(path, 'alice')).toEqual([403, 'auth/scope-missing']);
  });

  it('knows what is not there and what cannot be', async () => {
    expect(await refusal(`/v1/products/${newId()}`)).toEqual([404, 'product/not-found']);
    expect(await refusal('/v1/products/x')).toEqual([400, 'request/invalid']);
  });
});
