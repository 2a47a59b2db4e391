import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type Product } from '@shop/contracts';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json } from '../stand-in.fixture.ts';

const aProduct = (id: string): Product => ({
  id,
  sku: 'MUG-01',
  name: 'Mug',
  description: 'x',
  category: 'kitchen',
  price: { amount: 1999, currency: 'EUR' },
  available: null,
  version: 3,
  updatedAt: '2030-01-01T00:00:00.000Z',
});
const ids = [newId(), newId(), newId()];

describe('products', () => {
  let gateway: RunningGateway;
  let available: Record<string, number>;

  async function start(availabilityTimeoutMs: number) {
    gateway = await new RunningGateway().start({ AVAILABILITY_TIMEOUT_MS: String(availabilityTimeoutMs) });
    available = Object.fromEntries(ids.map((id, index) => [id, index * 10]));
    gateway.catalog.answering = ({ path, headers }, response) => {
      const [, batch] = /\/products\/batch\?ids=(.+)/.exec(path) ?? [];
      if (batch) return json(response, 200, { items: ids.filter((id) => batch.includes(id)).map(aProduct) });
      const [, id] = /\/products\/([0-9a-f-]+)/.exec(path) ?? [];
      if (!id) return json(response, 200, { items: ids.map(aProduct), nextCursor: 'next' });
      if (!ids.includes(id)) return json(response, 404, { code: 'product/not-found', instance: path });
      if (headers['if-match'] && headers['if-match'] !== '"3"')
        return json(response, 412, { code: 'product/changed' });
      return json(response, 200, aProduct(id), { etag: '"3"' });
    };
    gateway.inventory.answering = ({ path }, response) => {
      const asked = new URL(path, 'http://x').searchParams.get('ids')!.split(',');
      const items = asked.filter((id) => id in available);
      json(response, 200, {
        items: items.map((productId) => ({
          productId,
          onHand: 99,
          reserved: 0,
          available: available[productId],
        })),
      });
    };
  }
  beforeEach(() => start(10_000));
  afterEach(() => gateway.stop());

  const list = async () =>
    (await (await gateway.fetch('/v1/products?limit=3&sort=price')).json()) as {
      items: Product[];
      nextCursor: string;
    };
  const get = (headers = {}) => gateway.fetch(`/v1/products/${ids[1]}`, { headers });

  it('are listed with what inventory has of them, which is asked once', async () => {
    const page = await list();
    expect(page.items.map((product) => product.available)).toEqual([0, 10, 20]);
    expect(page.nextCursor).toBe('next');
    expect(gateway.catalog.last.path).toBe('/v1/products?limit=3&sort=price');
    expect(gateway.inventory.seen).toHaveLength(1);
  });

  it('have none available while inventory has never heard of them', async () => {
    available = {};
    expect((await list()).items.map((product) => product.available)).toEqual([0, 0, 0]);
  });

  it('have an unknown availability while inventory is down', async () => {
    await gateway.inventory.stop();
    expect((await list()).items.map((product) => product.available)).toEqual([null, null, null]);
    expect(await (await get()).json()).toMatchObject({ available: null });
  });

  it('do not wait for an inventory that hangs', async () => {
    await gateway.stop();
    await start(1_000);
    gateway.inventory.answering = () => undefined;
    const started = performance.now();
    expect(await (await get()).json()).toMatchObject({ available: null });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('are not sent again unchanged', async () => {
    const first = await get();
    const etag = first.headers.get('etag')!;
    expect(await first.json()).toMatchObject({ id: ids[1], available: 10 });
    const again = await get({ 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(again.headers.get('etag')).toBe(etag);
    expect(await again.text()).toBe('');
  });

  it('are sent again when only their availability changed', async () => {
    const etag = (await get()).headers.get('etag')!;
    available[ids[1]!] = 9;
    const again = await get({ 'if-none-match': etag });
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ available: 9 });
  });

  it('can be changed with the ETag they were read with, though some were sold', async () => {
    const etag = (await get()).headers.get('etag')!;
    available[ids[1]!] = 9;
    const patch = (ifMatch: string) =>
      gateway.fetch(`/v1/admin/products/${ids[1]}`, {
        as: 'admin',
        method: 'PATCH',
        body: JSON.stringify({ name: 'Cup' }),
        headers: { 'if-match': ifMatch },
      });
    const changed = await patch(etag);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).toBe('"3~9"');
    expect((await patch('"2~10"')).status).toBe(412);
  });

  it('that do not exist are a 404', async () => {
    const path = `/v1/products/${newId()}`;
    const answer = await gateway.fetch(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'product/not-found', instance: path });
  });
});
