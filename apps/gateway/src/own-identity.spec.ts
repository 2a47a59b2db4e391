import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type Product } from '@shop/contracts';
import { decodeJwt } from 'jose';
import { RunningGateway } from './running-gateway.fixture.ts';
import { json, type StandIn } from './stand-in.fixture.ts';

const id = newId();
const product: Product = {
  id,
  sku: 'MUG-01',
  name: 'Mug',
  description: 'x',
  category: 'kitchen',
  price: { amount: 1999, currency: 'EUR' },
  available: null,
  version: 3,
  updatedAt: '2030-01-01T00:00:00.000Z',
};

describe('what the gateway asks in its own name', () => {
  let gateway: RunningGateway;
  beforeEach(async () => {
    gateway = await new RunningGateway().start({ AVAILABILITY_TIMEOUT_MS: '10000' });
    gateway.catalog.answering = ({ path }, response) =>
      json(response, 200, path.includes('/batch') ? { items: [product] } : product);
    gateway.inventory.answering = (_, response) =>
      json(response, 200, { items: [{ productId: id, onHand: 9, reserved: 2, available: 7 }] });
  });
  afterEach(() => gateway.stop());

  const read = async () => (await (await gateway.fetch(`/v1/products/${id}`)).json()) as Product;
  const callerAt = (upstream: StandIn) =>
    decodeJwt((upstream.last.headers.authorization ?? '').replace('Bearer ', '')).sub;

  it('carries a token of its own, which is got once', async () => {
    for (const _ of [1, 2]) expect(await read()).toMatchObject({ id, available: 7 });
    expect([callerAt(gateway.catalog), callerAt(gateway.inventory)]).toEqual(['gateway', 'gateway']);
    expect(gateway.provider.seen).toHaveLength(1);
    expect(gateway.provider.last.headers.authorization).toMatch(/^Basic /);
  });

  it('is nothing that a caller asks for: that keeps the caller’s token', async () => {
    const path = `/v1/admin/stock/${id}/adjustments`;
    const body = JSON.stringify({ delta: 1, reason: 'found' });
    await gateway.fetch(path, { as: 'admin', method: 'POST', body, headers: { 'idempotency-key': 'k' } });
    expect(callerAt(gateway.inventory)).toBe('admin');
  });

  it('goes on with the token it has while the provider is away', async () => {
    await read();
    await gateway.provider.stop();
    expect(await read()).toMatchObject({ available: 7 });
  });

  it('asks for another token when its own is refused', async () => {
    await read();
    gateway.inventory.answering = (_, response) => json(response, 401, {});
    expect(await read()).toMatchObject({ available: null });
    gateway.inventory.answering = (_, response) =>
      json(response, 200, { items: [{ productId: id, onHand: 9, reserved: 3, available: 6 }] });
    expect(await read()).toMatchObject({ available: 6 });
    expect(gateway.provider.seen).toHaveLength(2);
  });
});

describe('without a provider of identities', () => {
  let gateway: RunningGateway;
  beforeEach(async () => {
    gateway = await new RunningGateway().start({ AUTH_TOKEN_URL: 'http://127.0.0.1:4/token' });
  });
  afterEach(() => gateway.stop());

  it('products are read like anybody reads them, and how many there are is unknown', async () => {
    gateway.catalog.answering = ({ path, headers }, response) => {
      if (path.includes('/batch') || headers.authorization) return json(response, 401, {});
      return path.includes(id) ? json(response, 200, product) : json(response, 404, {});
    };
    const answer = await gateway.fetch(`/v1/products/${id}`);
    expect(await answer.json()).toMatchObject({ id, available: null });
    expect((await gateway.fetch(`/v1/products/${newId()}`)).status).toBe(404);
    expect(gateway.inventory.seen).toEqual([]);
  });
});
