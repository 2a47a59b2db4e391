import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type PlaceOrder, ProblemDetails } from '@shop/contracts';
import { aNewProduct, anAddress } from '@shop/testing';
import type { Client } from './support/client.ts';
import { orderOf, withKey } from './support/orders.ts';
import { shop } from './support/shop.ts';

const order = orderOf(newId());
const [line] = order.lines as [PlaceOrder['lines'][number]];

describe('bad input', () => {
  let admin: Client;
  let customer: Client;
  beforeAll(async () => {
    [admin, customer] = [await shop.admin(), await shop.customer()];
  });

  const send = (body: unknown, headers = {}) =>
    customer.sendRaw('POST', '/v1/orders', { body, headers: { ...withKey(), ...headers } });
  const expectProblem = (
    answer: { status: number; headers: Headers; body: unknown },
    status: number,
    code: string,
  ) => {
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    const problem = ProblemDetails.parse(answer.body);
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|127\.0\.0\.1|SELECT|\bat .*\.ts:/);
    return problem;
  };

  it.each<[string, unknown, string[]]>([
    ['an unknown field', { ...order, coupon: 'X' }, ['/coupon']],
    ['an unknown field of a line', { ...order, lines: [{ ...line, price: 1 }] }, ['/lines/0/price']],
    ['no lines', { ...order, lines: [] }, ['/lines']],
    ['51 lines', { ...order, lines: Array.from({ length: 51 }, () => line) }, ['/lines']],
    ['a quantity of 0', { ...order, lines: [{ ...line, quantity: 0 }] }, ['/lines/0/quantity']],
    ['a quantity of 100', { ...order, lines: [{ ...line, quantity: 100 }] }, ['/lines/0/quantity']],
    ['a negative quantity', { ...order, lines: [{ ...line, quantity: -1 }] }, ['/lines/0/quantity']],
    ['half a piece', { ...order, lines: [{ ...line, quantity: 1.5 }] }, ['/lines/0/quantity']],
    ['a quantity as text', { ...order, lines: [{ ...line, quantity: '1' }] }, ['/lines/0/quantity']],
    [
      'a product id that is none',
      { ...order, lines: [{ ...line, productId: 'mug' }] },
      ['/lines/0/productId'],
    ],
    ['a card number as token', { ...order, paymentToken: '4111111111111111' }, ['/paymentToken']],
    [
      'a country that is none',
      { ...order, shippingAddress: anAddress({ country: 'England' }) },
      ['/shippingAddress/country'],
    ],
    [
      'control characters',
      { ...order, shippingAddress: anAddress({ name: 'A\u0007' }) },
      ['/shippingAddress/name'],
    ],
    [
      'several faults at once',
      { ...order, paymentToken: '', lines: [{ ...line, quantity: 0 }] },
      ['/lines/0/quantity', '/paymentToken'],
    ],
    ['nothing at all', {}, ['/lines', '/paymentToken', '/shippingAddress']],
  ])('in an order, %s, is refused by name', async (_, body, pointers) => {
    const problem = expectProblem(await send(body), 400, 'request/invalid');
    expect(problem.instance).toBe('/v1/orders');
    const told = problem.errors!.map(({ pointer }) => pointer);
    expect(told.sort()).toEqual(pointers.toSorted());
  });

  it.each([
    ['an array', '[]', {}, 400, 'request/malformed'],
    ['malformed JSON', '{"lines": [', {}, 400, 'request/malformed'],
    [
      'no JSON',
      'lines=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'request/unsupported-media-type',
    ],
    [
      'a body beyond 64 KiB',
      JSON.stringify({ ...order, paymentToken: 'x'.repeat(70_000) }),
      {},
      413,
      'request/too-large',
    ],
    ['prototype pollution', '{"__proto__":{"admin":true}}', {}, 400, 'request/malformed'],
    ['a NUL character', '{"lines":"\\u0000"}', {}, 400, 'request/malformed'],
    [
      'a field given twice',
      JSON.stringify(order).replace('{', '{"paymentToken":"tok_ok",'),
      {},
      400,
      'request/malformed',
    ],
    ['a number beyond all', '{"lines":[{"quantity":1e400}]}', {}, 400, 'request/malformed'],
    [
      'a compressed body',
      JSON.stringify(order),
      { 'content-encoding': 'gzip' },
      415,
      'request/unsupported-media-type',
    ],
  ])('%s is refused', async (_, body, headers, status, code) => {
    expectProblem(await send(body, headers), status, code);
  });

  it('a product that does not exist is refused by name', async () => {
    const problem = expectProblem(
      await customer.post('/v1/orders', { body: order, header: withKey() }),
      422,
      'order/unknown-product',
    );
    expect(problem.errors).toMatchObject([{ pointer: '/lines/0/productId' }]);
  });

  it.each([
    ['/v1/products?limit=0', '/limit'],
    ['/v1/products?limit=101', '/limit'],
    ['/v1/products?limit=ten', '/limit'],
    ['/v1/products?limit=1&limit=2', '/limit'],
    ['/v1/products?limit=', '/limit'],
    ['/v1/products?limit=1e1', '/limit'],
    ['/v1/products?minPrice=', '/minPrice'],
    ['/v1/products?minPrice=0x10', '/minPrice'],
    ['/v1/products?minPrice=%205', '/minPrice'],
    ['/v1/products?minPrice=-0', '/minPrice'],
    ['/v1/products?maxPrice=9007199254740993', '/maxPrice'],
    ['/v1/products?maxPrice=%EF%BC%95', '/maxPrice'],
    ['/v1/products?sort=cheapest', '/sort'],
    ['/v1/products?minPrice=-1', '/minPrice'],
    ['/v1/products?colour=red', '/colour'],
    ['/v1/products/mug', '/id'],
    ['/v1/orders?limit=0', '/limit'],
    ['/v1/orders?status=LOST', '/status'],
    ['/v1/orders/1', '/id'],
    ['/v1/orders/00000000-0000-4000-8000-000000000000', '/id'],
    ['/v1/orders/1/timeline', '/id'],
    // Look-alikes of an id: a full-width digit, a zero-width space, spaces about it, another path.
    ['/v1/orders/%EF%BC%9019ab000-0000-7000-8000-000000000001', '/id'],
    ['/v1/orders/019ab000-0000-7000-8000-000000000001%E2%80%8B', '/id'],
    ['/v1/orders/019ab000-0000-7000-8000-000000000001%0A', '/id'],
    ['/v1/orders/%20019ab000-0000-7000-8000-000000000001', '/id'],
    ['/v1/orders/..%2F..%2Fadmin', '/id'],
  ])('GET %s is refused by name', async (path, pointer) => {
    const problem = expectProblem(await customer.sendRaw('GET', path), 400, 'request/invalid');
    expect(problem.errors!.map((fault) => fault.pointer)).toEqual([pointer]);
  });

  it.each(['/v1/products', '/v1/orders'] as const)(
    'a cursor of %s that was tampered with is refused',
    async (path) => {
      for (const cursor of ['nonsense', 'e30', `${'A'.repeat(40)}`]) {
        expectProblem(await customer.get(path, { query: { cursor } }), 400, 'request/cursor-invalid');
      }
    },
  );

  it.each([
    ['GET', '/nothing', 404, 'request/not-found'],
    ['GET', '/v1/nothing', 404, 'request/not-found'],
    ['GET', `/v1/products/${newId()}`, 404, 'product/not-found'],
    ['GET', `/v1/orders/${newId()}`, 404, 'order/not-found'],
    ['DELETE', '/v1/products', 405, 'request/method-not-allowed'],
  ])('%s %s is %d %s', async (method, path, status, code) => {
    const problem = expectProblem(await customer.sendRaw(method, path), status, code);
    expect(problem.instance).toBe(path);
  });

  it('for the catalogue and stock is refused by name', async () => {
    const product = await admin.post('/v1/admin/products', {
      body: { ...aNewProduct(), price: { amount: -1, currency: 'euro' } },
    });
    expect(expectProblem(product, 400, 'request/invalid').errors!.map(({ pointer }) => pointer)).toEqual([
      '/price/amount',
      '/price/currency',
    ]);
    const adjust = (delta: number, reason: string) =>
      admin.post('/v1/admin/stock/{productId}/adjustments', {
        path: { productId: newId() },
        header: withKey(),
        body: { delta, reason },
      });
    const stock = await adjust(0, '');
    expect(expectProblem(stock, 400, 'request/invalid').errors!.map(({ pointer }) => pointer)).toEqual([
      '/delta',
      '/reason',
    ]);
    expectProblem(await adjust(1, 'e2e'), 404, 'product/not-found');
  });
});
