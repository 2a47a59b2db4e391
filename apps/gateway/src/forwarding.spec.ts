import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { RunningGateway } from './running-gateway.fixture.ts';
import { json } from './stand-in.fixture.ts';

const order = {
  lines: [{ productId: newId(), quantity: 1 }],
  paymentToken: 'tok_ok',
  shippingAddress: { name: 'Ada', street: '1 St', city: 'London', postalCode: 'SW1', country: 'GB' },
};
const traceId = '0af7651916cd43dd8448eb211c80319c';

describe('a forwarded request', () => {
  const gateway = new RunningGateway();
  beforeAll(() => gateway.start());
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.orders.seen.length = 0;
    gateway.orders.answering = (_, response) =>
      json(response, 202, { id: 'x' }, { location: '/v1/orders/x' });
  });

  const place = (headers: Record<string, string> = {}, body: string = JSON.stringify(order)) =>
    gateway.fetch('/v1/orders', {
      as: 'alice',
      method: 'POST',
      body,
      headers: { 'idempotency-key': 'k1', ...headers },
    });

  it('brings its body and the headers that mean something, and no other', async () => {
    await place({
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      cookie: 'a=b',
      'x-request-deadline': '1',
      'x-forwarded-for': '10.0.0.1',
      'x-user': 'admin',
    });
    const { method, path, headers, body } = gateway.orders.last;
    expect({ method, path, body }).toEqual({
      method: 'POST',
      path: '/v1/orders',
      body: JSON.stringify(order),
    });
    expect(headers).toMatchObject({ 'idempotency-key': 'k1', 'content-type': 'application/json' });
    expect(headers.authorization).toMatch(/^Bearer ey/);
    expect(headers.traceparent).toContain(traceId);
    for (const name of ['cookie', 'x-forwarded-for', 'x-user']) expect(headers).not.toHaveProperty(name);
  });

  it('gets a deadline of the gateway, whatever its caller said', async () => {
    for (const forged of ['0', '3600000']) {
      expect((await place({ 'x-request-deadline': forged })).status).toBe(202);
      const deadline = Number(gateway.orders.last.headers['x-request-deadline']);
      expect(deadline).toBeGreaterThan(3_000);
      expect(deadline).toBeLessThan(6_000);
    }
  });

  it('is answered with what the upstream answered, less what is internal', async () => {
    gateway.orders.answering = (_, response) =>
      json(
        response,
        202,
        { id: 'x' },
        {
          location: '/v1/orders/x',
          'idempotency-replayed': 'true',
          'cache-control': 'no-store',
          'x-internal-host': 'orders-7',
          server: 'secret/1.0',
          'set-cookie': 'a=b',
        },
      );
    const answer = await place();
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ id: 'x' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: '/v1/orders/x',
      'idempotency-replayed': 'true',
      'cache-control': 'no-store',
      'x-trace-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    for (const name of ['x-internal-host', 'server', 'set-cookie'])
      expect(answer.headers.has(name)).toBe(false);
  });

  it('is answered with the problem of the upstream', async () => {
    const problem = {
      type: 'urn:x',
      title: 'In flight',
      status: 409,
      detail: 'd',
      instance: '/v1/orders',
      code: 'idempotency/in-flight',
    };
    gateway.orders.answering = (_, response) => json(response, 409, problem, { 'retry-after': '1' });
    const answer = await place();
    expect(answer.status).toBe(409);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toEqual(problem);
  });

  it('never reaches the upstream when it is not valid', async () => {
    const answer = await place({}, JSON.stringify({ ...order, lines: [], surprise: 1 }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'request/invalid', instance: '/v1/orders' });
    expect(gateway.orders.seen).toEqual([]);
  });

  it('is repeated with its key while the upstream has no time', async () => {
    let attempts = 0;
    gateway.orders.answering = (_, response) =>
      ++attempts < 2 ? json(response, 503, {}) : json(response, 202, { id: 'x' });
    expect((await place()).status).toBe(202);
    expect(gateway.orders.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', 'k1']);
  });

  it('is not repeated without a key', async () => {
    gateway.catalog.answering = (_, response) => json(response, 503, {});
    const product = {
      sku: 'MUG-01',
      name: 'Mug',
      description: 'x',
      category: 'kitchen',
      price: { amount: 1, currency: 'EUR' },
    };
    const answer = await gateway.fetch('/v1/admin/products', {
      as: 'admin',
      method: 'POST',
      body: JSON.stringify(product),
    });
    expect(answer.status).toBe(503);
    expect(gateway.catalog.seen).toHaveLength(1);
  });

  it('to nowhere is a problem too', async () => {
    const answer = await gateway.fetch('/v1/nothing');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'request/not-found', instance: '/v1/nothing' });
  });

  it('may be large for an import, and only there', async () => {
    gateway.catalog.answering = (_, response) => json(response, 200, { items: [] });
    const item = {
      name: 'Mug',
      description: 'x'.repeat(3_500),
      category: 'kitchen',
      price: { amount: 1, currency: 'EUR' },
    };
    const body = JSON.stringify({
      items: Array.from({ length: 300 }, (_, index) => ({ sku: `MUG-${index}`, ...item })),
    });
    const send = (path: string) => gateway.fetch(path, { as: 'admin', method: 'POST', body });
    expect((await send('/v1/admin/products/import')).status).toBe(200);
    expect((await send('/v1/admin/stock/opening')).status).toBe(413);
  });

  it('announces what the caller has left', async () => {
    const answer = await place();
    expect(answer.headers.get('ratelimit-policy')).toBe('"customer";q=100000;w=10');
    expect(answer.headers.get('ratelimit')).toMatch(/^"customer";r=\d+;t=\d+$/);
  });
});
