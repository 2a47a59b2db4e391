import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { aNewProduct } from '@shop/testing';
import { places, secretsIn } from '@shop/tools';
import { nameOf, type Operation } from './access/operations.ts';
import type { Program } from './access/replica.ts';
import { removedGuards } from './access/removed-guards.ts';
import type { Row } from './access/run.ts';
import type { Target } from './access/scene.ts';
import { operationsOf, tryAll, tryGatewayAlone } from './access/shop-access.ts';
import { faults } from './access/table.ts';
import { withoutGuard } from './access/without-guard.ts';
import { ownShop, shop } from './support/shop.ts';
import { type Claims, tokens } from './support/tokens.ts';

const urls: Target['urls'] = process.env['BASE_URL'] ? { gateway: shop.gatewayUrl } : shop.own.urls;
const target: Target = {
  gateway: shop.gatewayUrl,
  urls,
  secretOf: (name) => secretsIn(places(shop.own.dataDir).secrets)(name),
};
const program = (app: string): Program =>
  (JSON.parse(readFileSync(join(shop.own.dataDir, 'programs.json'), 'utf8')) as Record<string, Program>)[
    app
  ]!;

describe('every endpoint lets in whom its rule lets in, and nobody else', () => {
  let rows: Row[];
  beforeAll(async () => void (rows = await tryAll(target)), 60_000);

  it.each(
    operationsOf(target).map((operation): [string, string, Operation] => [
      operation.app,
      nameOf(operation),
      operation,
    ]),
  )('%s: %s', (_, __, operation) => {
    const row = rows.find(
      (each) => nameOf(each.operation) === nameOf(operation) && each.operation.app === operation.app,
    )!;
    expect(faults([row])).toEqual([]);
  });

  ownShop('the gateway by itself, also with nothing behind it that could refuse', async () => {
    const alone = await tryGatewayAlone(program('gateway'), target);
    expect(alone.length).toBeGreaterThan(10);
    expect(faults(alone)).toEqual([]);
  });
});

describe('a guard that is missing is seen', () => {
  // One for each app; `npm run access -- --mutations` removes them all.
  const first = removedGuards.filter(
    ({ app }, at) => removedGuards.findIndex((each) => each.app === app) === at,
  );
  for (const guard of first) {
    ownShop(
      `${guard.app}: ${guard.name}`,
      async () => {
        const { red, wanted } = await withoutGuard(guard, program(guard.app), target);
        expect(wanted).not.toEqual([]);
        expect(red).toEqual(wanted);
      },
      60_000,
    );
  }
});

describe('a refusal', () => {
  it.each<[string, Claims]>([
    ['about nobody', { sub: undefined }],
    ['about an empty name', { sub: '' }],
    ['without an end', { exp: undefined }],
  ])('answers a token %s', async (_, claims) => {
    const answer = await shop.anyone.as(await tokens.sign('alice', claims)).get('/v1/orders');
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth/token-invalid' } });
  });

  it('tells what is missing, by code and by WWW-Authenticate', async () => {
    const [bare, nonsense, customer] = await Promise.all(
      [shop.anyone, shop.anyone.as('nonsense'), await shop.customer()].map((caller) =>
        caller.post('/v1/admin/products', { body: aNewProduct() }),
      ),
    );
    expect(bare).toMatchObject({ status: 401, body: { code: 'auth/token-missing' } });
    expect(nonsense).toMatchObject({ status: 401, body: { code: 'auth/token-invalid' } });
    expect(customer).toMatchObject({ status: 403, body: { code: 'auth/scope-missing' } });
    expect(bare!.headers.get('www-authenticate')).toBe('Bearer');
    expect(customer!.headers.get('www-authenticate')).toContain('scope="admin"');
  });

  it("does not even tell that another customer's order exists", async () => {
    const mallory = await shop.customer();
    const id = newId();
    const unknown = await mallory.get('/v1/orders/{id}', { path: { id } });
    expect(unknown).toMatchObject({
      status: 404,
      body: { code: 'order/not-found', instance: `/v1/orders/${id}` },
    });
    expect((await mallory.get('/v1/orders')).body.items).toEqual([]);
  });

  it('is not talked out of by a header', async () => {
    const headers = {
      'x-user': 'admin',
      'x-caller': 'admin',
      'x-scopes': 'admin',
      'x-forwarded-user': 'admin',
    };
    const answer = await shop.anyone.post('/v1/admin/products', { body: aNewProduct(), headers });
    expect(answer.status).toBe(401);
  });
});
