import { describe, expect } from '@jest/globals';
import { inChromium } from '@shop/testing/browser';
import { RunningGateway } from '../running-gateway.fixture.ts';

describe('the page of the API', () => {
  inChromium(
    'shows every endpoint under its strict policy, and nothing in it is refused',
    async (browser) => {
      const gateway = await new RunningGateway().start();
      try {
        const page = await browser.newPage();
        const faults: string[] = [];
        page.on('pageerror', ({ message }) => faults.push(message));
        page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        const answer = await page.goto(gateway.url('/docs'));
        expect(answer?.headers()['content-security-policy']).toContain("default-src 'self'");
        await page.locator('.opblock-summary-path', { hasText: '/v1/orders' }).first().waitFor();
        expect(await page.locator('.opblock').count()).toBeGreaterThan(10);
        expect(faults).toEqual([]);
      } finally {
        await gateway.stop();
      }
    },
  );
});
