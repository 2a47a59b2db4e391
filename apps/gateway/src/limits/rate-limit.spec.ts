import { afterEach, describe, expect, it } from '@jest/globals';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json, StandIn } from '../stand-in.fixture.ts';

describe('a caller who asks too much', () => {
  let gateway: RunningGateway;
  afterEach(() => gateway.stop());

  async function limited(env: Record<string, string>) {
    gateway = await new RunningGateway().start({ RATE_LIMIT_WINDOW_SECONDS: '60', ...env });
    gateway.orders.answering = (_, response) => json(response, 200, { items: [] });
    gateway.catalog.answering = (_, response) => json(response, 200, { items: [] });
  }
  const list = (as: string) => gateway.fetch('/v1/orders', { as });
  const from = (address: string, path = '/v1/categories') =>
    gateway.fetch(path, { headers: { 'x-forwarded-for': address } });
  const statuses = async (answers: Promise<Response>[]) =>
    (await Promise.all(answers)).map(({ status }) => status);

  it('is told when to come back, while others go on', async () => {
    await limited({ RATE_LIMIT: '2' });
    const first = await list('alice');
    expect(first.headers.get('ratelimit-policy')).toBe('"customer";q=2;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"customer";r=1;t=/);
    await list('alice');
    const refused = await list('alice');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'request/rate-limited' });
    expect(refused.headers.get('ratelimit')).toMatch(/^"customer";r=0;t=/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    const metrics = await (await gateway.fetch('/metrics')).text();
    expect(metrics).toMatch(/^shop_http_rate_limited_total 1$/m);
    expect((await list('bob')).status).toBe(200);
    expect((await gateway.fetch('/v1/categories')).status).toBe(200);
  });

  it('without a token has the allowance of the address, also for what leads nowhere', async () => {
    await limited({ RATE_LIMIT_ANONYMOUS: '3' });
    const first = await gateway.fetch('/v1/categories');
    expect(first.headers.get('ratelimit-policy')).toBe('"address";q=3;w=60');
    expect((await gateway.fetch('/nowhere')).status).toBe(404);
    expect((await gateway.fetch('/v1/orders', { method: 'POST', body: '{' })).status).toBe(400);
    expect((await gateway.fetch('/nowhere')).status).toBe(429);
    expect((await list('alice')).status).toBe(200);
    expect((await gateway.fetch('/health/live')).status).toBe(200);
  });

  it('with tokens that are not valid has the allowance of the address, whatever the tokens say', async () => {
    await limited({ RATE_LIMIT_ANONYMOUS: '3' });
    const forged = async (name: string) => {
      const [head, body] = (await gateway.token(name)).split('.');
      return gateway.fetch('/v1/orders', { headers: { authorization: `Bearer ${head}.${body}.AAAA` } });
    };
    expect(await statuses(['a', 'b', 'c'].map(forged))).toEqual([401, 401, 401]);
    expect((await forged('d')).status).toBe(429);
    expect((await list('d')).status).toBe(200);
  });

  it('with tokens of invented keys waits for a provider that hangs as far as the allowance goes, and nobody else does', async () => {
    const provider = new StandIn();
    await limited({ RATE_LIMIT_ANONYMOUS: '3', AUTH_JWKS_URL: await provider.start() });
    try {
      provider.answering = (_, response) => json(response, 200, gateway.jwks);
      expect((await list('alice')).status).toBe(200);
      provider.answering = () => undefined;
      const since = performance.now();
      const invented = Array.from({ length: 10 }, async (_, n) => {
        const head = Buffer.from(JSON.stringify({ alg: 'ES256', kid: `no-${n}` })).toString('base64url');
        const headers = { authorization: `Bearer ${head}.e30.AAAA` };
        const { status } = await gateway.fetch('/v1/categories', { headers });
        return { status, atOnce: performance.now() - since < 2_000 };
      });
      expect((await list('bob')).status).toBe(200);
      const answers = await Promise.all(invented);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
      expect(answers.filter(({ status, atOnce }) => status === 429 && atOnce)).toHaveLength(7);
    } finally {
      await provider.stop();
    }
  });

  it('cannot choose the address it is limited by', async () => {
    await limited({ RATE_LIMIT_ANONYMOUS: '2' });
    expect(await statuses(['10.0.0.1', '10.0.0.2'].map((ip) => from(ip)))).toEqual([200, 200]);
    expect((await from('10.0.0.3')).status).toBe(429);
  });

  it('cannot choose it behind a proxy, either, where the last address is the one that the proxy saw', async () => {
    await limited({ RATE_LIMIT_ANONYMOUS: '2', TRUSTED_HOPS: '1' });
    const forged = ['10.0.0.1, 192.0.2.7', '10.0.0.2, 192.0.2.7'];
    expect(await statuses(forged.map((ip) => from(ip)))).toEqual([200, 200]);
    expect((await from('10.0.0.3, 192.0.2.7')).status).toBe(429);
    expect((await from('192.0.2.8')).status).toBe(200);
  });

  it('cannot use the other addresses of its IPv6 network', async () => {
    await limited({ RATE_LIMIT_ANONYMOUS: '2', TRUSTED_HOPS: '1' });
    expect(await statuses(['2001:db8::1', '2001:db8::2'].map((ip) => from(ip)))).toEqual([200, 200]);
    expect((await from('2001:db8::3')).status).toBe(429);
    expect((await from('2001:db8:0:1::1')).status).toBe(200);
  });
});
