import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { inChromium } from '@shop/testing/browser';
import { RunningIdentity } from './running-identity.fixture.ts';

const identity = new RunningIdentity();
const shop = createServer((_, response) => response.setHeader('content-type', 'text/html').end('the shop'));
let redirectUri: string;
beforeAll(async () => {
  await once(shop.listen(0, '127.0.0.1'), 'listening');
  redirectUri = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/signed-in`;
  await identity.start({ IDENTITY_REDIRECT_URIS: redirectUri });
});
afterAll(async () => {
  await identity.stop();
  shop.closeAllConnections();
  shop.close();
});

const address = () =>
  `${identity.url}/auth?${new URLSearchParams({
    client_id: 'storefront',
    response_type: 'code',
    scope: 'openid orders',
    redirect_uri: redirectUri,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })}`;

describe('the sign-in page', () => {
  inChromium('works by keyboard and without JavaScript, and leads back to the shop', async (browser) => {
    const page = await browser.newPage({ javaScriptEnabled: false, reducedMotion: 'reduce' });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(address());
    // Autofocus comes after the page.
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('alice');
    await page.keyboard.press('Tab');
    await page.keyboard.type('not her password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('alice');
    await page.locator('input[type=password]:focus').waitFor();
    await page.keyboard.type('alice-development');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${redirectUri}?code=*`);
    // The one about the wrong password; a policy that forbids what the page needs would be another.
    expect(complaints).toEqual([expect.stringContaining('422')]);
  });

  inChromium('signs out, also who is not signed in', async (browser) => {
    const page = await browser.newPage();
    await page.goto(`${identity.url}/session/end?client_id=storefront`);
    await page.getByRole('heading', { name: 'Signed out' }).waitFor();
  });
});
