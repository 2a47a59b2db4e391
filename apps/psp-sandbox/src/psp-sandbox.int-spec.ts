import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from './sandbox.fixture.ts';

describe('the sandbox over HTTP', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it('authorises and captures', async () => {
    const { status, body } = await sandbox.authorise('tok_ok');
    expect({ status, state: body.state, decline: body.decline }).toEqual({
      status: 201,
      state: 'authorised',
      decline: null,
    });
    const captured = await sandbox.post(`/v1/payments/${body.id}/capture`, `${body.id}:c`);
    expect(captured.body).toMatchObject({ id: body.id, state: 'captured', capturedAt: expect.any(String) });
  });

  it.each([
    ['tok_declined', 'payment/declined'],
    ['tok_insufficient_funds', 'payment/insufficient-funds'],
    ['tok_made_up', 'payment/unknown-token'],
  ])('declines %s as a business answer', async (token, code) => {
    const { status, body } = await sandbox.authorise(token);
    expect({ status, state: body.state, code: body.decline?.code }).toEqual({
      status: 201,
      state: 'declined',
      code,
    });
  });

  it('fails twice for tok_flaky, and then answers', async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await sandbox.authorise('tok_flaky', 'flaky')).status);
    expect(statuses).toEqual([503, 503, 201]);
  });

  it('acts, cuts the connection, and can be asked what happened for tok_lost_answer', async () => {
    await expect(sandbox.authorise('tok_lost_answer', 'lost')).rejects.toThrow('fetch failed');
    const found = await sandbox.call('GET', '/v1/payments/by-key/lost');
    expect(found.body.state).toBe('authorised');
    expect((await sandbox.authorise('tok_lost_answer', 'lost')).body.id).toBe(found.body.id);
    await expect(sandbox.post(`/v1/payments/${found.body.id}/capture`, 'lost-capture')).rejects.toThrow(
      'fetch failed',
    );
    expect((await sandbox.call('GET', '/v1/payments/by-key/lost-capture')).body.state).toBe('captured');
  });

  it('neither answers nor acts for tok_hang', async () => {
    const response = fetch(`${sandbox.url}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer sandbox-api-key',
        'idempotency-key': 'hang',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ reference: 'o', amount: { amount: 1, currency: 'EUR' }, token: 'tok_hang' }),
      signal: AbortSignal.timeout(200),
    });
    await expect(response).rejects.toThrow('timeout');
    expect((await sandbox.call('GET', '/v1/payments/by-key/hang')).status).toBe(404);
  });

  it('lets a cancelled key have no effect, even one whose request is under way', async () => {
    const slow = sandbox.authorise('tok_slow', 'slow');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await sandbox.call('POST', '/v1/payments/by-key/slow/cancel')).body).toEqual({ payment: null });
    expect(await slow).toMatchObject({ status: 409, body: { code: 'payment/key-cancelled' } });
  });

  it('answers another body under a used key with 422', async () => {
    await sandbox.authorise('tok_ok', 'reused');
    const again = await sandbox.authorise('tok_ok', 'reused', { reference: 'another' });
    expect(again).toMatchObject({ status: 422, body: { code: 'idempotency/key-reused' } });
  });

  it('is closed to strangers, except for the book', async () => {
    const asStranger = (path: string, method = 'POST') =>
      fetch(sandbox.url + path, { method, headers: { authorization: 'Bearer other' } });
    expect((await asStranger('/v1/payments')).status).toBe(401);
    expect((await asStranger('/v1/sandbox/faults')).status).toBe(401);
    expect((await asStranger('/v1/payments', 'GET')).status).toBe(200);
  });

  it('fails for everyone while it is told to', async () => {
    await sandbox.call('POST', '/v1/sandbox/faults', { failRate: 1 });
    expect((await sandbox.authorise('tok_ok')).status).toBe(503);
    await sandbox.call('POST', '/v1/sandbox/faults', {});
    expect((await sandbox.authorise('tok_ok')).status).toBe(201);
  });
});
