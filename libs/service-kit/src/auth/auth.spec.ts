import { createServer } from 'node:http';
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CanActivate, Controller, type ExecutionContext, Get, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { Problem } from '../problem/problem.ts';
import { authProblems } from '../problem/standard-problems.ts';
import { serve } from '../serve.fixture.ts';
import { authModule } from './auth.module.ts';
import type { Caller } from './caller.ts';
import { CurrentCaller, Public, RequireScope, RequireSecret } from './decorators.ts';

const settings = { AUTH_ISSUER: 'http://issuer', AUTH_AUDIENCE: 'shop' };
const folder = mkdtempSync(join(tmpdir(), 'jwks-'));

@Controller()
@RequireScope('orders')
class Routes {
  @Get('orders')
  orders(@CurrentCaller() { id, isAdmin, scopes }: Caller) {
    return { id, isAdmin, scopes: [...scopes] };
  }

  @Get('admin')
  @RequireScope('admin')
  admin() {
    return {};
  }

  @Get('open')
  @Public()
  open() {
    return {};
  }
}

@Injectable()
class KnowsSecret implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<FastifyRequest>().headers['secret'] === 'known') return true;
    throw new Problem(authProblems.tokenInvalid);
  }
}

@Controller('secret')
class Secret {
  @Get()
  @RequireSecret('psp-webhook', KnowsSecret)
  get() {
    return {};
  }
}

async function issuer(kid: string, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const jwk = { ...(await exportJWK(publicKey)), kid, alg };
  const token = (claims: JWTPayload = {}, header: object = {}) =>
    new SignJWT({
      iss: settings.AUTH_ISSUER,
      aud: settings.AUTH_AUDIENCE,
      sub: 'alice',
      exp: now() + 60,
      scope: 'orders',
      ...claims,
    })
      .setProtectedHeader({ alg, kid, ...header })
      .sign(privateKey);
  return { jwk, token };
}

const now = () => Math.floor(Date.now() / 1_000);
const file = join(folder, 'jwks.json');
const AUTH_JWKS_URL = pathToFileURL(file).href;
const publish = (...keys: object[]) => writeFileSync(file, JSON.stringify({ keys }));
const withAuth = (url = AUTH_JWKS_URL) =>
  serve([Routes, Secret], { imports: [authModule({ ...settings, AUTH_JWKS_URL: url })] });
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('a guarded service', () => {
  let service: Awaited<ReturnType<typeof withAuth>>;
  let alice: Awaited<ReturnType<typeof issuer>>;
  beforeAll(async () => {
    alice = await issuer('one');
    publish(alice.jwk);
    service = await withAuth();
  });
  afterAll(() => service.close());

  it('knows the caller of a valid token, every time', async () => {
    const token = await alice.token();
    for (const _ of [1, 2]) {
      expect(await service.ask('/orders', bearer(token))).toMatchObject({
        status: 200,
        body: { id: 'alice', isAdmin: false, scopes: ['orders'] },
      });
    }
  });

  it('lets anyone in where a route says so, whatever their token is', async () => {
    expect(await service.ask('/open')).toMatchObject({ status: 200 });
    expect(await service.ask('/open', bearer('nonsense'))).toMatchObject({ status: 200 });
  });

  it('leaves a route of a secret to that secret: no token helps', async () => {
    expect(await service.ask('/secret', { headers: { secret: 'known' } })).toMatchObject({ status: 200 });
    const admin = await alice.token({ scope: 'admin' });
    expect(await service.ask('/secret', bearer(admin))).toMatchObject({ status: 401 });
  });

  it('leaves the operational routes open', async () => {
    for (const path of ['/health/live', '/health/ready', '/health/startup', '/metrics']) {
      expect(await service.ask(path)).toMatchObject({ status: 200 });
    }
  });

  it('asks for a token that is missing', async () => {
    const answer = await service.ask('/orders');
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth/token-missing' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('tells an expired token from a bad one, and forgives a clock that is a little late', async () => {
    expect(await service.ask('/orders', bearer(await alice.token({ exp: now() - 3 })))).toMatchObject({
      status: 200,
    });
    const answer = await service.ask('/orders', bearer(await alice.token({ exp: now() - 60 })));
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth/token-expired' } });
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'http://other' }],
    ['another audience', { aud: 'bank' }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['NUL in its subject', { sub: 'a\u0000' }],
    ['no expiry', { exp: undefined }],
    ['a start in the future', { nbf: now() + 60 }],
  ])('refuses a token with %s', async (_, claims) => {
    const answer = await service.ask('/orders', bearer(await alice.token(claims)));
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth/token-invalid' } });
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('refuses a token that was changed, that another key signed, that is unsigned, or is none at all', async () => {
    const [head, , signature] = (await alice.token()).split('.');
    const claims = Buffer.from(
      JSON.stringify({ ...settings, sub: 'eve', scope: 'admin', exp: now() + 60 }),
    ).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const stranger = await (await issuer('one')).token();
    for (const token of [
      `${head}.${claims}.${signature}`,
      `${none}.${claims}.`,
      stranger,
      'garbage',
      'a.b.c',
    ]) {
      expect(await service.ask('/orders', bearer(token))).toMatchObject({
        status: 401,
        body: { code: 'auth/token-invalid' },
      });
    }
    expect(await service.ask('/orders', { headers: { authorization: 'Basic YTpi' } })).toMatchObject({
      body: { code: 'auth/token-invalid' },
    });
  });

  it('refuses an algorithm that is not on its list, even of a published key', async () => {
    const odd = await issuer('odd', 'PS512');
    publish(alice.jwk, odd.jwk);
    touch();
    expect(await service.ask('/orders', bearer(await odd.token()))).toMatchObject({ status: 401 });
  });

  it('wants the scope of the route; an administrator has every scope', async () => {
    const denied = await service.ask('/admin', bearer(await alice.token()));
    expect(denied).toMatchObject({ status: 403, body: { code: 'auth/scope-missing' } });
    expect(denied.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="admin"');
    const admin = bearer(await alice.token({ scope: 'admin' }));
    expect(await service.ask('/admin', admin)).toMatchObject({ status: 200 });
    expect(await service.ask('/orders', admin)).toMatchObject({ status: 200, body: { isAdmin: true } });
    expect(await service.ask('/orders', bearer(await alice.token({ scope: 'orders-read' })))).toMatchObject({
      status: 403,
    });
  });

  it('takes a new key as soon as the file has it', async () => {
    const next = await issuer('two', 'EdDSA');
    expect(await service.ask('/orders', bearer(await next.token()))).toMatchObject({ status: 401 });
    publish(alice.jwk, next.jwk);
    touch();
    expect(await service.ask('/orders', bearer(await next.token()))).toMatchObject({ status: 200 });
  });
});

describe('the keys', () => {
  it('are fetched from an address, and asking for them in vain is a 503, not a 401', async () => {
    const carol = await issuer('web', 'RS256');
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [carol.jwk] })),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    const [online, offline, noFile] = [
      await withAuth(url),
      await withAuth('http://127.0.0.1:9/jwks'),
      await withAuth('file:///nowhere/jwks.json'),
    ];
    const token = bearer(await carol.token());
    expect(await online.ask('/orders', token)).toMatchObject({ status: 200 });
    for (const service of [offline, noFile]) {
      const answer = await service.ask('/orders', token);
      expect(answer).toMatchObject({ status: 503, body: { code: 'auth/keys-unavailable' } });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    await Promise.all([online, offline, noFile].map((service) => service.close()));
    server.close();
  });
});

/** Two writes within one tick of the file system's clock would look like one. */
function touch(): void {
  const later = new Date(Date.now() + (touches += 1_000));
  utimesSync(file, later, later);
}
let touches = 0;
