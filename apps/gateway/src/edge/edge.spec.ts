import { afterEach, describe, expect, it } from '@jest/globals';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json } from '../stand-in.fixture.ts';

const ours = 'https://shop.example';
const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x' },
});

describe('at the edge', () => {
  let gateway: RunningGateway;
  afterEach(() => gateway.stop());

  async function start(env: Record<string, string> = {}) {
    gateway = await new RunningGateway().start(env);
    gateway.catalog.answering = (_, response) => json(response, 200, { items: [] });
  }
  const corsOf = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-'));

  it('a page of an allowed origin may ask first, and read what it needs of an answer', async () => {
    await start({ CORS_ORIGINS: `https://other.example, ${ours}` });
    const asked = await gateway.fetch('/v1/orders', preflight(ours));
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(ours);
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, POST, PATCH');
    expect(asked.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Idempotency-Key/);
    const answer = await gateway.fetch('/v1/categories', { headers: { origin: ours } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(ours);
    expect(answer.headers.get('access-control-expose-headers')).toMatch(
      /ETag.*Location.*RateLimit.*X-Trace-Id/,
    );
    expect(answer.headers.get('vary')).toBe('Origin');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('a page of an allowed origin can read that it was refused', async () => {
    await start({ CORS_ORIGINS: ours, RATE_LIMIT_ANONYMOUS: '1' });
    for (const status of [200, 429]) {
      const answer = await gateway.fetch('/v1/categories', { headers: { origin: ours } });
      expect(answer.status).toBe(status);
      expect(answer.headers.get('access-control-allow-origin')).toBe(ours);
    }
  });

  it.each(['https://shop.example.evil', 'http://shop.example', 'null', 'https://SHOP.example'])(
    'a page of %s is told nothing',
    async (origin) => {
      await start({ CORS_ORIGINS: ours });
      const asked = await gateway.fetch('/v1/orders', preflight(origin));
      expect([asked.status, corsOf(asked)]).toEqual([405, []]);
      const answer = await gateway.fetch('/v1/categories', { headers: { origin } });
      expect([answer.status, corsOf(answer), answer.headers.get('vary')]).toEqual([200, [], 'Origin']);
    },
  );

  it('no origin is allowed unless one is named', async () => {
    await start();
    expect(corsOf(await gateway.fetch('/v1/orders', preflight(ours)))).toEqual([]);
  });

  it.each(['/v1/categories', '/v1/orders', '/nowhere', '/openapi.json'])(
    'the answer of %s is data that no browser makes something else of',
    async (path) => {
      await start();
      const { headers } = await gateway.fetch(path);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('what came by TLS shall come by TLS again, if a trusted proxy says that it did', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const policy = async () =>
      (await gateway.fetch('/v1/categories', { headers })).headers.get('strict-transport-security');
    await start({ TRUSTED_HOPS: '1' });
    expect(await policy()).toBe('max-age=31536000');
    await gateway.stop();
    await start();
    expect(await policy()).toBeNull();
  });
});
