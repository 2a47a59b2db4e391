import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type Order, type ProblemDetails } from '@shop/contracts';
import { aPlaceOrder, euros } from '@shop/testing';
import type { ProductState } from '../price-copy/products.ts';
import { aProductState } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';

describe('POST /v1/orders', () => {
  let orders: RunningOrders;
  let mug: ProductState;
  beforeAll(async () => {
    orders = await RunningOrders.start();
  });
  afterAll(() => orders.stop());
  beforeEach(async () => {
    mug = aProductState();
    await orders.know(mug);
  });

  const lines = (quantity = 1) => [{ productId: mug.productId, quantity }];
  const problem = async (body: unknown) => orders.ask<ProblemDetails>('/v1/orders', { method: 'POST', body });
  const count = async (table: string) =>
    (await orders.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;

  it('accepts an order at its own prices, and says where it is', async () => {
    const { status, headers, body } = await orders.place({ lines: lines(2) });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/orders/${body.id}`);
    expect(headers.get('idempotency-replayed')).toBeNull();
    expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(body).toMatchObject({ status: 'PENDING', total: euros(3998), reason: null });
    expect((await orders.ask(`/v1/orders/${body.id}`)).body).toEqual(body);
  });

  it('asks for stock with one line per product, and gives the first step its time limit', async () => {
    const { body } = await orders.place({ lines: [...lines(60), ...lines(70)] });
    expect(await orders.message(body.id, 'reserve-stock')).toEqual({ orderId: body.id, lines: lines(130) });
    const [saga] = await orders.rows<{ state: string; left: number }>(
      'SELECT state, extract(epoch FROM deadline - now())::float8 AS left FROM order_sagas WHERE order_id = $1',
      [body.id],
    );
    expect(saga?.state).toBe('RESERVING');
    expect(saga?.left).toBeGreaterThan(50);
    expect(saga?.left).toBeLessThanOrEqual(60);
  });

  it('keeps all of an order or nothing', async () => {
    const before = await count('orders');
    await orders.rows('ALTER TABLE outbox RENAME TO outbox_away');
    const key = 'all-or-nothing';
    try {
      expect((await orders.place({ lines: lines() }, { key })).status).toBe(500);
    } finally {
      await orders.rows('ALTER TABLE outbox_away RENAME TO outbox');
    }
    expect([await count('orders'), await count('order_sagas')]).toEqual([before, before]);
    expect(await count(`idempotency_keys WHERE key = '${key}'`)).toBe(0);
    expect((await orders.place({ lines: lines() }, { key })).status).toBe(202);
  });

  it('answers a repeated request with the first answer, and places one order', async () => {
    const ask = { key: 'once', body: aPlaceOrder({ lines: lines() }) };
    const first = await orders.place({}, ask);
    const before = await count('orders');
    const again = await orders.place({}, ask);
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.body).toEqual(first.body);
    expect(await count('orders')).toBe(before);
  });

  it('replays the first answer also when prices have changed since', async () => {
    const ask = { key: 'same-price', body: aPlaceOrder({ lines: lines() }) };
    const first = await orders.place({}, ask);
    await orders.know({ ...mug, price: { amount: 1, currency: 'USD' }, version: 2 });
    expect((await orders.place({}, ask)).body).toEqual(first.body);
  });

  it('places one order when the same request comes ten times at once', async () => {
    const before = await count('orders');
    const ask = { key: 'storm', body: aPlaceOrder({ lines: lines() }) };
    const answers = await Promise.all(Array.from({ length: 10 }, () => orders.place({}, ask)));
    expect(await count('orders')).toBe(before + 1);
    expect(answers.map(({ status }) => status).filter((status) => status !== 202 && status !== 409)).toEqual(
      [],
    );
    const ids = new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.id));
    expect(ids.size).toBe(1);
  });

  it('gives the same key of another customer an order of its own', async () => {
    const ask = { key: 'shared', body: aPlaceOrder({ lines: lines() }) };
    const [alice, bob] = await Promise.all([orders.place({}, ask), orders.place({}, { ...ask, as: 'bob' })]);
    expect(alice.body.id).not.toBe(bob.body.id);
  });

  it.each([
    ['a key', { key: null }, 400, 'idempotency/key-missing'],
    ['a token', { headers: { authorization: '' } }, 401, 'auth/token-missing'],
  ])('refuses an order without %s', async (_, ask, status, code) => {
    expect(await orders.place({ lines: lines() }, ask)).toMatchObject({ status, body: { code } });
  });

  it('refuses another body under the same key', async () => {
    await orders.place({ lines: lines() }, { key: 'reused' });
    expect(await orders.place({ lines: lines(2) }, { key: 'reused' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency/key-reused' },
    });
  });

  it('refuses a price of the client’s own', async () => {
    const withPrice = { ...aPlaceOrder(), lines: [{ ...lines()[0], unitPrice: euros(1) }] };
    expect(await problem(withPrice)).toMatchObject({ status: 400, body: { code: 'request/invalid' } });
  });

  it('points at the lines whose products do not exist', async () => {
    const { status, body } = await problem(
      aPlaceOrder({ lines: [...lines(), { productId: newId(), quantity: 1 }] }),
    );
    expect(status).toBe(422);
    expect(body.code).toBe('order/unknown-product');
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/lines/1/productId']);
  });

  it('waits a moment for a product that was created just now', async () => {
    await using patient = await orders.replica({ PRICE_WAIT_MS: '10000' });
    const fresh = aProductState();
    const answer = patient.place({ lines: [{ productId: fresh.productId, quantity: 1 }] });
    setTimeout(() => void orders.know(fresh), 300);
    expect((await answer).status).toBe(202);
  });

  it('refuses an order in two currencies', async () => {
    const gadget = aProductState({ price: { amount: 1, currency: 'USD' } });
    await orders.know(gadget);
    const mixed = aPlaceOrder({ lines: [...lines(), { productId: gadget.productId, quantity: 1 }] });
    expect(await problem(mixed)).toMatchObject({ status: 422, body: { code: 'order/mixed-currencies' } });
  });

  it('keeps the token and the address to itself', async () => {
    const { body } = await orders.place({ lines: lines() });
    expect(Object.keys(body satisfies Order)).toEqual([
      'id',
      'status',
      'lines',
      'total',
      'reason',
      'createdAt',
      'updatedAt',
    ]);
  });
});
