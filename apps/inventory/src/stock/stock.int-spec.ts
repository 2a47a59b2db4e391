import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { Audit } from '@shop/persistence';
import { RunningInventory } from '../running-inventory.fixture.ts';

const inventory = new RunningInventory();
beforeAll(() => inventory.start());
afterAll(() => inventory.stop());

const problem = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { code: string }).code,
});

describe('GET /v1/stock', () => {
  it('answers levels in the order asked for, and zeros for what never had stock', async () => {
    const [known, unknown] = [await inventory.aProductInStock(5, 2), newId()];
    const response = await inventory.fetch(`/v1/stock?ids=${unknown},${known}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      items: [
        { productId: unknown, onHand: 0, reserved: 0, available: 0 },
        { productId: known, onHand: 5, reserved: 2, available: 3 },
      ],
    });
  });

  it('is for services: a customer is refused', async () => {
    const response = await inventory.fetch(`/v1/stock?ids=${newId()}`, { as: 'alice' });
    expect(await problem(response)).toEqual({ status: 403, code: 'auth/scope-missing' });
  });

  it.each(['', '?ids=', '?ids=x', `?ids=${Array.from({ length: 101 }, newId).join(',')}`])(
    'refuses %s',
    async (query) => {
      expect(await problem(await inventory.fetch(`/v1/stock${query}`))).toEqual({
        status: 400,
        code: 'request/invalid',
      });
    },
  );
});

describe('adjusting stock', () => {
  const path = (productId: string) => `/v1/admin/stock/${productId}/adjustments`;
  const adjustment = { delta: -2, reason: 'broken in transport' };

  it('changes it once per key and keeps a record of who and why', async () => {
    const productId = await inventory.aProductInStock(5, 1);
    const key = newId();
    const level = { productId, onHand: 3, reserved: 1, available: 2 };
    const first = await inventory.post(path(productId), adjustment, { key });
    const again = await inventory.post(path(productId), adjustment, { key });
    expect([first.status, await first.json(), first.headers.get('idempotency-replayed')]).toEqual([
      200,
      level,
      null,
    ]);
    expect([again.status, await again.json(), again.headers.get('idempotency-replayed')]).toEqual([
      200,
      level,
      'true',
    ]);
    expect(
      await inventory.query(
        `SELECT delta, on_hand, reason, adjusted_by FROM stock_adjustments WHERE product_id = $1`,
        [productId],
      ),
    ).toEqual([{ delta: -2, on_hand: 3, reason: 'broken in transport', adjusted_by: 'admin' }]);
  });

  it('begins the stock of a product that had none', async () => {
    const productId = newId();
    const response = await inventory.post(path(productId), { delta: 7, reason: 'found' }, { key: newId() });
    expect(await response.json()).toMatchObject({ onHand: 7, available: 7 });
  });

  it('does not take what is reserved', async () => {
    const productId = await inventory.aProductInStock(5, 4);
    const response = await inventory.post(path(productId), adjustment, { key: newId() });
    expect(await problem(response)).toEqual({ status: 409, code: 'stock/below-reserved' });
    expect(await inventory.levelOf(productId)).toEqual({ onHand: 5, reserved: 4 });
  });

  it('loses none of many at once', async () => {
    const productId = await inventory.aProductInStock(0);
    await Promise.all(
      Array.from({ length: 20 }, () =>
        inventory.post(path(productId), { delta: 1, reason: 'one' }, { key: newId() }),
      ),
    );
    expect(await inventory.levelOf(productId)).toEqual({ onHand: 20, reserved: 0 });
  });

  it('needs a key, an administrator and a body that says something', async () => {
    const productId = await inventory.aProductInStock(5);
    expect(await problem(await inventory.post(path(productId), adjustment))).toEqual({
      status: 400,
      code: 'idempotency/key-missing',
    });
    expect((await inventory.post(path(productId), adjustment, { key: newId(), as: 'alice' })).status).toBe(
      403,
    );
    const nothing = await inventory.post(path(productId), { delta: 0, reason: '' }, { key: newId() });
    expect(nothing.status).toBe(400);
    expect(
      ((await nothing.json()) as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer),
    ).toEqual(['/delta', '/reason']);
  });
});

describe('what an administrator does to stock', () => {
  it('is recorded once, with how much there was before and after', async () => {
    const [productId, key] = [await inventory.aProductInStock(5), newId()];
    const adjusting = `/v1/admin/stock/${productId}/adjustments`;
    for (const _ of ['first', 'again'])
      await inventory.post(adjusting, { delta: -2, reason: 'broken' }, { key });
    await inventory.post(adjusting, { delta: -9, reason: 'too many' }, { key: newId() });
    const opening = { items: [{ productId, quantity: 4 }] };
    for (const _ of ['first', 'again']) await inventory.post('/v1/admin/stock/opening', opening);
    expect((await inventory.get(Audit).page({ subject: productId, limit: 10 })).items).toMatchObject([
      { actor: 'admin', action: 'open-stock', before: { onHand: 3 }, after: { onHand: 7 } },
      { actor: 'admin', action: 'adjust-stock', before: { onHand: 5 }, after: { onHand: 3 } },
    ]);
  });
});

describe('opening stock', () => {
  it('is counted once per product, however often it is sent', async () => {
    const [a, b] = [newId(), newId()];
    const opening = {
      items: [
        { productId: b, quantity: 3 },
        { productId: a, quantity: 5 },
      ],
    };
    const levels = {
      items: [
        { productId: b, onHand: 3, reserved: 0, available: 3 },
        { productId: a, onHand: 5, reserved: 0, available: 5 },
      ],
    };
    for (const _ of ['first', 'again']) {
      const response = await inventory.post('/v1/admin/stock/opening', opening);
      expect([response.status, await response.json()]).toEqual([200, levels]);
    }
    const other = await inventory.post('/v1/admin/stock/opening', {
      items: [{ productId: a, quantity: 50 }],
    });
    expect(await other.json()).toEqual({ items: [levels.items[1]] });
  });

  it('adds to what was counted in by hand before', async () => {
    const productId = await inventory.aProductInStock(2, 1);
    await inventory.post('/v1/admin/stock/opening', { items: [{ productId, quantity: 5 }] });
    expect(await inventory.levelOf(productId)).toEqual({ onHand: 7, reserved: 1 });
  });

  it('is an administrator’s to set', async () => {
    const response = await inventory.post(
      '/v1/admin/stock/opening',
      { items: [{ productId: newId(), quantity: 1 }] },
      { as: 'alice' },
    );
    expect(response.status).toBe(403);
  });
});
