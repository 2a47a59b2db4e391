import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Order } from '@shop/contracts';
import { Gateway, type Schemas } from './client.ts';

const id = '01936f2a-0000-7000-8000-000000000001';

describe('the typed client of the gateway', () => {
  let server: Server;
  let gateway: Gateway;
  const asked: { line: string; headers: IncomingHttpHeaders }[] = [];
  beforeAll(async () => {
    server = createServer(({ method, url, headers }, response) => {
      asked.push({ line: `${method} ${url}`, headers });
      if (headers['if-none-match']) return response.writeHead(304).end();
      response.writeHead(404, { 'content-type': 'application/problem+json' });
      return response.end(JSON.stringify({ code: 'order/not-found' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    gateway = new Gateway(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'token');
  });
  afterAll(() => void server.close());

  it('asks as the document says, with its token', async () => {
    const header = { 'Idempotency-Key': 'key' };
    const { status, body } = await gateway.post('/v1/orders/{id}/cancel', { path: { id }, header });
    // The contract and its document are one type.
    const _order: Schemas['Order'] | Order = body;
    expect([status, body]).toEqual([404, { code: 'order/not-found' }]);
    expect(asked.at(-1)).toMatchObject({
      line: `POST /v1/orders/${id}/cancel`,
      headers: { 'idempotency-key': 'key', authorization: 'Bearer token' },
    });
    await gateway.get('/v1/products', { query: { category: 'a b', limit: 2, cursor: undefined } });
    expect(asked.at(-1)!.line).toBe('GET /v1/products?category=a%20b&limit=2');
  });

  it('leaves out a header that is undefined, and reads an answer without a body', async () => {
    const show = (known?: string) =>
      gateway.get('/v1/products/{id}', { path: { id }, header: { 'If-None-Match': known } });
    expect((await show()).status).toBe(404);
    expect(asked.at(-1)!.headers).not.toHaveProperty('if-none-match');
    expect(await show('"1"')).toMatchObject({ status: 304, body: undefined });
  });

  it('does not compile with what the document does not know', () => {
    const wrong = [
      // @ts-expect-error -- there is no such path
      () => gateway.get('/v1/nothing'),
      // @ts-expect-error -- the key is missing
      () => gateway.post('/v1/orders/{id}/cancel', { path: { id } }),
      // @ts-expect-error -- the body is missing
      () => gateway.post('/v1/orders', { header: { 'Idempotency-Key': 'key' } }),
      // @ts-expect-error -- no such parameter
      () => gateway.get('/v1/products', { query: { colour: 'red' } }),
    ];
    expect(wrong).toHaveLength(4);
  });
});
