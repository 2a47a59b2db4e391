import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningIdentity, clientSecret } from './running-identity.fixture.ts';

const identity = new RunningIdentity();
beforeAll(() => identity.start());
afterAll(() => identity.stop());

const bearerOf = async () => (await identity.gateway().authorization())!.replace('Bearer ', '');
const ask = (form: Record<string, string>) =>
  identity.token({ grant_type: 'client_credentials', client_id: 'gateway', ...form });

describe('a service', () => {
  it('gets a token of its own, which says that it is a service and nothing more', async () => {
    const caller = await identity.verifier().verify(await bearerOf());
    expect(caller).toMatchObject({ id: 'gateway', isAdmin: false });
    expect([...caller.scopes]).toEqual(['service']);
  });

  it('gets none without the secret', async () => {
    expect(await ask({ client_secret: `${clientSecret}.` })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await identity.gateway('another secret').authorization()).toBeUndefined();
  });

  it.each(['orders', 'admin'])('cannot make itself a customer or an administrator: %s', async (scope) => {
    const { body } = await ask({ client_secret: clientSecret, scope: `service ${scope}` });
    expect(body.scope).toBe('service');
  });

  it('cannot get a token for anything but the shop', async () => {
    const elsewhere = { client_secret: clientSecret, resource: 'https://bank.test' };
    expect(await ask(elsewhere)).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
  });

  it('is not what a browser can say it is', async () => {
    expect(await ask({ client_id: 'storefront' })).toMatchObject({
      status: 400,
      body: { error_description: expect.stringContaining('grant type') },
    });
  });
});

describe('a key that is changed while the provider runs', () => {
  it('signs the next token, which every service accepts at once, and those of the old key still', async () => {
    const verifier = identity.verifier();
    const before = await bearerOf();
    await verifier.verify(before);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    identity.rotate();
    const after = await bearerOf();
    expect(kidOf(after)).not.toBe(kidOf(before));
    expect(await verifier.verify(after)).toMatchObject({ id: 'gateway' });
    expect(await identity.verifier().verify(before)).toMatchObject({ id: 'gateway' });
  });

  it('publishes no private part', async () => {
    const { keys } = (await (await fetch(`${identity.url}/jwks`)).json()) as { keys: object[] };
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key).not.toHaveProperty('d');
  });
});

const kidOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid;

describe('behind a door that ends TLS', () => {
  const addressOf = async ({ url }: RunningIdentity) => {
    const answer = await fetch(`${url}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-proto': 'https' },
    });
    return ((await answer.json()) as { authorization_endpoint: string }).authorization_endpoint;
  };

  it('sends browsers where they came from, and believes nobody else about it', async () => {
    const behind = await new RunningIdentity().start({ TRUSTED_HOPS: '1' });
    const address = await addressOf(behind).finally(() => behind.stop());
    expect(address).toBe(behind.url.replace('http:', 'https:') + '/auth');
    expect(await addressOf(identity)).toBe(`${identity.url}/auth`);
  });
});
