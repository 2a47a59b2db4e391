import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Order } from '@shop/contracts';
import { aNewProduct } from '@shop/testing';
import type { Client } from './support/client.ts';
import { orderOf, place, placed, withKey } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { shop } from './support/shop.ts';
import { type Claims, tokens } from './support/tokens.ts';

describe('access', () => {
  let admin: Client;
  let alice: Client;
  let productId: string;
  let order: Order;

  beforeAll(async () => {
    [admin, alice] = [await shop.admin(), await shop.customer()];
    productId = (await aProductInStock(admin, 10)).id;
    order = await placed(alice, orderOf(productId));
  });

  const needToken: [string, string][] = [
    ['POST', '/v1/orders'],
    ['GET', '/v1/orders'],
    ['GET', '/v1/orders/:order'],
    ['GET', '/v1/orders/:order/timeline'],
    ['POST', '/v1/orders/:order/cancel'],
  ];
  const needAdmin: [string, string][] = [
    ['POST', '/v1/admin/products'],
    ['PATCH', '/v1/admin/products/:product'],
    ['POST', '/v1/admin/products/import'],
    ['POST', '/v1/admin/stock/:product/adjustments'],
    ['POST', '/v1/admin/stock/opening'],
    ['POST', '/v1/admin/orders/:order/refund'],
  ];
  const actual = (path: string) => path.replace(':order', order.id).replace(':product', productId);

  it.each([...needToken, ...needAdmin])('%s %s needs a token', async (method, path) => {
    const answer = await shop.anyone.sendRaw(method, actual(path), { headers: withKey() });
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth/token-missing', status: 401 } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it.each(needAdmin)('%s %s needs an administrator', async (method, path) => {
    const answer = await alice.sendRaw(method, actual(path), { headers: withKey() });
    expect(answer).toMatchObject({ status: 403, body: { code: 'auth/scope-missing' } });
  });

  it.each<[string, Claims]>([
    ['expired', { exp: Math.floor(Date.now() / 1_000) - 120 }],
    ['for somebody else', { aud: 'another-shop' }],
    ['by somebody else', { iss: 'https://issuer.test' }],
    ['not valid yet', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
    ['about nobody', { sub: undefined }],
  ])('a token that is %s is refused', async (_, claims) => {
    const answer = await shop.anyone.as(await tokens.sign('alice', claims)).get('/v1/orders');
    expect(answer).toMatchObject({ status: 401, body: { code: expect.stringMatching(/^auth\/token-/) } });
  });

  it.each([
    ['without a signature', () => tokens.unsigned('alice')],
    ['signed by a stranger', () => tokens.signedByStranger('alice')],
    ['signed with the public key as a secret', () => tokens.confused('alice')],
    ['changed after it was signed', () => tokens.tampered('alice')],
    ['that is no token', async () => 'nonsense'],
  ])('a token %s is refused', async (_, token) => {
    const answer = await shop.anyone.as(await token()).get('/v1/orders');
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth/token-invalid' } });
  });

  it('needs the scope, not just a token', async () => {
    const noScope = shop.anyone.as(await tokens.sign('alice', { scope: 'profile' }));
    expect(await place(noScope, orderOf(productId))).toMatchObject({
      status: 403,
      body: { code: 'auth/scope-missing' },
    });
  });

  it("does not even tell that another customer's order exists", async () => {
    const mallory = await shop.customer();
    const path = { id: order.id };
    for (const endpoint of ['/v1/orders/{id}', '/v1/orders/{id}/timeline'] as const) {
      expect(await mallory.get(endpoint, { path })).toMatchObject({
        status: 404,
        body: { code: 'order/not-found', instance: endpoint.replace('{id}', order.id) },
      });
    }
    const cancel = await mallory.post('/v1/orders/{id}/cancel', { path, header: withKey() });
    expect(cancel).toMatchObject({ status: 404, body: { code: 'order/not-found' } });
    expect((await mallory.get('/v1/orders')).body.items).toEqual([]);
  });

  it('lets an administrator see every order', async () => {
    const answer = await admin.get('/v1/orders/{id}', { path: { id: order.id } });
    expect(answer).toMatchObject({ status: 200, body: { id: order.id } });
  });

  it('gives nobody in through a header', async () => {
    const forged = {
      'x-user': 'admin',
      'x-caller': 'admin',
      'x-scopes': 'admin',
      'x-forwarded-user': 'admin',
    };
    const answer = await shop.anyone.post('/v1/admin/products', { body: aNewProduct(), headers: forged });
    expect(answer.status).toBe(401);
  });
});
