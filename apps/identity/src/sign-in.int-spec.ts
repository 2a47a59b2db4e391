import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Browser } from './browser.fixture.ts';
import { redirectUri, RunningIdentity } from './running-identity.fixture.ts';

const identity = new RunningIdentity();
beforeAll(() => identity.start());
afterAll(() => identity.stop());

const parameter = (browser: Browser, name: string) => new URL(browser.at).searchParams.get(name);

describe('signing in with a browser', () => {
  it('ends in a token that the services accept, for the customer of that name', async () => {
    const browser = new Browser(identity);
    const page = await browser.begin();
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<h1>Sign in</h1>') });
    await browser.signIn('alice');
    expect(browser.at.startsWith(`${redirectUri}?`)).toBe(true);
    expect(parameter(browser, 'state')).toBe('mine');
    expect(parameter(browser, 'iss')).toBe(identity.url);
    const { status, body } = await browser.trade();
    expect({ status, scope: body.scope, life: body.expires_in }).toEqual({
      status: 200,
      scope: 'orders',
      life: 3_600,
    });
    const caller = await identity.verifier().verify(body.access_token);
    expect(caller).toMatchObject({ id: 'alice', isAdmin: false });
    expect([...caller.scopes]).toEqual(['orders']);
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(body.id_token)).toMatchObject({ sub: 'alice', aud: 'storefront', name: 'Alice' });
  });

  it('is done once: the next time the browser’s session is enough', async () => {
    const browser = new Browser(identity);
    await browser.begin();
    await browser.signIn('bob');
    await browser.begin({ prompt: 'none' });
    expect(decodeJwt((await browser.trade()).body.access_token).sub).toBe('bob');
  });

  it('gives nobody more than they may do', async () => {
    const scopeOf = async (name: string) => {
      const browser = new Browser(identity);
      await browser.begin({ scope: 'openid orders admin' });
      await browser.signIn(name);
      return decodeJwt((await browser.trade()).body.access_token)['scope'];
    };
    expect(await scopeOf('alice')).toBe('orders');
    expect(await scopeOf('admin')).toBe('orders admin');
  });

  it.each([
    ['a wrong password', 'alice', 'bob-development'],
    ['a name that nobody has', 'mallory', 'alice-development'],
    ['nothing', '', ''],
  ])('says so when it is tried with %s, and lets one try again', async (_, name, password) => {
    const browser = new Browser(identity);
    await browser.begin();
    const page = await browser.signIn(name, password);
    expect(page).toMatchObject({ status: 422, text: expect.stringContaining('do not belong together') });
    await browser.signIn('alice');
    expect(parameter(browser, 'code')).toBeTruthy();
  });

  it('shows what was typed as text', async () => {
    const browser = new Browser(identity);
    await browser.begin();
    const { text } = await browser.signIn('"><script>alert(1)</script>', 'x');
    expect(text).not.toContain('<script');
  });

  it('sends nobody anywhere but to the shop', async () => {
    const browser = new Browser(identity);
    const page = await browser.begin({ redirect_uri: 'http://localhost:8080.evil.test/signed-in' });
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('redirect_uri') });
    expect(browser.at.startsWith(identity.url)).toBe(true);
  });

  it('is refused without PKCE, and with a challenge that is its own answer', async () => {
    const without = { code_challenge: '', code_challenge_method: '' };
    for (const change of [without, { code_challenge_method: 'plain' }]) {
      const browser = new Browser(identity);
      await browser.begin(change);
      expect(parameter(browser, 'error')).toBe('invalid_request');
    }
  });

  it('gives a code that is good for whoever began, once', async () => {
    const browser = new Browser(identity);
    await browser.begin();
    await browser.signIn('alice');
    const stolen = await browser.trade('x'.repeat(43));
    expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    await browser.begin();
    expect(await browser.trade()).toMatchObject({ status: 200 });
    expect(await browser.trade()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('does not read a form that is too large, or none at all', async () => {
    const browser = new Browser(identity);
    await browser.begin();
    expect(await browser.signIn('alice', 'x'.repeat(5_000))).toMatchObject({ status: 413 });
    const send = (body: string, type: string) =>
      fetch(browser.at, { method: 'POST', body, headers: { 'content-type': type } });
    expect((await send('{"name":"alice"}', 'application/json')).status).toBe(415);
  });

  it('cannot be finished by another browser', async () => {
    const [browser, other] = [new Browser(identity), new Browser(identity)];
    await browser.begin();
    other.at = browser.at;
    expect(await other.signIn('alice')).toMatchObject({
      status: 400,
      text: expect.stringContaining('has ended'),
    });
  });

  it('cannot be finished with the cookie of another sign-in', async () => {
    const [browser, other] = [new Browser(identity), new Browser(identity)];
    await Promise.all([browser.begin(), other.begin()]);
    const body = new URLSearchParams({ name: 'alice', password: 'alice-development' });
    const answer = await fetch(browser.at, { method: 'POST', body, headers: { cookie: other.cookies } });
    expect(answer.status).toBe(400);
  });

  it('ends with signing out', async () => {
    const browser = new Browser(identity);
    await browser.begin();
    await browser.signIn('alice');
    const { text } = await browser.go(`${identity.url}/session/end?client_id=storefront`);
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(text) ?? [];
    const form = new URLSearchParams({ xsrf, logout: 'yes' });
    expect((await browser.go(`${identity.url}/session/end/confirm`, form)).text).toContain('Signed out');
    expect((await browser.begin()).text).toContain('Sign in');
  });

  it('has pages without script, that nobody else may frame', async () => {
    const { headers, text } = await new Browser(identity).begin();
    expect(text).not.toMatch(/<script|style=|javascript:| on\w+=/i);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
