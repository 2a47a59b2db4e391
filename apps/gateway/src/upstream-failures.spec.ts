import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { RunningGateway } from './running-gateway.fixture.ts';
import { json } from './stand-in.fixture.ts';

describe('when an upstream does not answer', () => {
  let gateway: RunningGateway;
  beforeEach(async () => {
    gateway = await new RunningGateway().start({ UPSTREAM_TIMEOUT_MS: '200' });
  });
  afterEach(() => gateway.stop());

  it('says 503 and when to come back, and names no host', async () => {
    await gateway.orders.stop();
    const answer = await gateway.fetch(`/v1/orders/${newId()}`, { as: 'alice' });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'service/unavailable', status: 503 });
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN|orders:/);
  });

  it('says 504 when it takes too long', async () => {
    gateway.orders.answering = () => undefined;
    const answer = await gateway.fetch(`/v1/orders/${newId()}/cancel`, {
      as: 'alice',
      method: 'POST',
      headers: { 'idempotency-key': 'k' },
    });
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ code: 'service/timeout' });
  });

  it('goes on with the others', async () => {
    await gateway.orders.stop();
    gateway.catalog.answering = (_, response) => json(response, 200, { items: [] });
    expect((await gateway.fetch('/v1/categories')).status).toBe(200);
  });
});
