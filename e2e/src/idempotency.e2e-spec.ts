import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type ProblemDetails } from '@shop/contracts';
import type { Client } from './support/client.ts';
import { orderOf, place, placed, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock, availableOf } from './support/products.ts';
import { shop } from './support/shop.ts';

describe('an idempotency key', () => {
  let customer: Client;
  let productId: string;

  beforeAll(async () => {
    customer = await shop.customer();
    productId = (await aProductInStock(await shop.admin(), 50)).id;
  });

  const ordersOf = async (caller: Client) =>
    (await caller.get('/v1/orders', { query: { limit: 100 } })).body.items;

  it.each([
    ['POST', '/v1/orders', undefined, 'idempotency/key-missing'],
    ['POST', '/v1/orders', 'with space', 'idempotency/key-invalid'],
    ['POST', '/v1/orders', 'k'.repeat(256), 'idempotency/key-invalid'],
    ['POST', `/v1/orders/${newId()}/cancel`, undefined, 'idempotency/key-missing'],
  ])('is required: %s %s with %s is refused', async (method, path, key, code) => {
    const headers: Record<string, string> = key === undefined ? {} : withKey(key);
    const body = path.endsWith('cancel') ? undefined : orderOf(productId);
    expect(await customer.sendRaw(method, path, { body, headers })).toMatchObject({
      status: 400,
      body: { code },
    });
  });

  it('is required to refund and to adjust stock', async () => {
    const admin = await shop.admin();
    for (const [path, body] of [
      [`/v1/admin/orders/${newId()}/refund`, undefined],
      [`/v1/admin/stock/${productId}/adjustments`, { delta: 1, reason: 'e2e' }],
    ] as const) {
      expect(await admin.sendRaw('POST', path, { body })).toMatchObject({
        status: 400,
        body: { code: 'idempotency/key-missing' },
      });
    }
  });

  it('brings the first answer again, marked as replayed', async () => {
    const [key, order] = [newId(), orderOf(productId)];
    const first = await place(customer, order, key);
    await untilStatus(customer, first.body.id, 'CONFIRMED');
    const again = await place(customer, order, key);
    expect(again).toMatchObject({ status: 202, body: first.body });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  it('does not pay for another body', async () => {
    const key = newId();
    await place(customer, orderOf(productId), key);
    const other = await place(customer, orderOf(productId, { quantity: 2 }), key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency/key-reused' } });
  });

  it('makes one order of twenty requests at once', async () => {
    const buyer = await shop.customer();
    const [key, order] = [newId(), orderOf(productId)];
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(buyer, order, key)));
    for (const { status, body } of answers) {
      if (status !== 202)
        expect({ status, code: (body as unknown as ProblemDetails).code }).toEqual({
          status: 409,
          code: 'idempotency/in-flight',
        });
    }
    expect(new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.id)).size).toBe(1);
    expect(await ordersOf(buyer)).toHaveLength(1);
  });

  it('belongs to its caller', async () => {
    const [one, other] = [await shop.customer(), await shop.customer()];
    const [key, order] = [newId(), orderOf(productId)];
    const ids = [(await place(one, order, key)).body.id, (await place(other, order, key)).body.id];
    expect(new Set(ids).size).toBe(2);
  });

  it('keeps a cancellation and a stock adjustment from taking effect twice', async () => {
    const [admin, header] = [await shop.admin(), withKey()];
    const { id } = await aProductInStock(admin, 0);
    const adjustment = () =>
      admin.post('/v1/admin/stock/{productId}/adjustments', {
        path: { productId: id },
        header,
        body: { delta: 7, reason: 'e2e' },
      });
    expect(await adjustment()).toMatchObject({ status: 200, body: { onHand: 7 } });
    expect(await adjustment()).toMatchObject({ status: 200, body: { onHand: 7 } });
    expect(await availableOf(admin, id)).toBe(7);

    const order = await placed(customer, orderOf(productId, { paymentToken: 'tok_slow' }));
    const cancelling = () => customer.post('/v1/orders/{id}/cancel', { path: { id: order.id }, header });
    const [first, second] = [await cancelling(), await cancelling()];
    expect(first.status).toBe(202);
    expect(second).toMatchObject({ status: 202, body: first.body });
  });
});
