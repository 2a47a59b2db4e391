import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json } from '../stand-in.fixture.ts';

describe('a caller who asks too much', () => {
  const gateway = new RunningGateway();
  beforeAll(async () => {
    await gateway.start({ RATE_LIMIT: '2', RATE_LIMIT_WINDOW_SECONDS: '60' });
    gateway.orders.answering = (_, response) => json(response, 200, { items: [] });
    gateway.catalog.answering = (_, response) => json(response, 200, { items: [] });
  });
  afterAll(() => gateway.stop());

  it('is told when to come back, while others go on', async () => {
    const list = (as: string) => gateway.fetch('/v1/orders', { as });
    expect((await list('alice')).headers.get('ratelimit')).toMatch(/^"default";r=1;t=/);
    await list('alice');
    const refused = await list('alice');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'request/rate-limited' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    const metrics = await (await gateway.fetch('/metrics')).text();
    expect(metrics).toMatch(/^shop_http_rate_limited_total 1$/m);
    expect((await list('bob')).status).toBe(200);
    expect((await gateway.fetch('/v1/categories')).status).toBe(200);
  });
});
