import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import { inChromium } from '@shop/testing/browser';
import type { Browser, Page } from 'playwright-core';
import type { CollectedSpan } from './otlp/spans.ts';
import { startReceiver, type TelemetryReceiver } from './receiver.ts';
import { anOrdersTrace, aSpan, exportOf, traceIdOf } from './span.fixture.ts';

let receiver: TelemetryReceiver;
beforeEach(async () => {
  receiver = await startReceiver({ page: true });
});
afterEach(() => receiver.stop());

const send = (...spans: CollectedSpan[]) => post('/v1/traces', exportOf(...spans));
async function post(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${receiver.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

const outbox = (depth: number) => ({
  resourceMetrics: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'orders' } }] },
      scopeMetrics: [
        {
          metrics: [
            {
              name: 'shop.outbox.depth',
              gauge: { dataPoints: [{ timeUnixNano: `${Date.now()}000000`, asInt: String(depth) }] },
            },
          ],
        },
      ],
    },
  ],
});

/** Opens the page and keeps what goes wrong in it. */
async function opened(browser: Browser, hash = '', options = {}): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage(options);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('dialog', (dialog) => faults.push(`a dialog: ${dialog.message()}`));
  await page.goto(`${receiver.url}/${hash}`);
  await page.getByText('live', { exact: true }).waitFor();
  return { page, faults };
}

describe('the page', () => {
  inChromium('says what to do as long as there is nothing to show', async (browser) => {
    const { page, faults } = await opened(browser);
    await page.getByText('Waiting for the first request.').waitFor();
    expect(faults).toEqual([]);
  });

  inChromium(
    'draws live who calls whom, the outbox, and the order that leads to its trace',
    async (browser) => {
      const { page, faults } = await opened(browser);
      const order = anOrdersTrace();
      await send(...order);
      await post('/v1/metrics', outbox(17));
      const names = page.locator('.node-name');
      await names.getByText('notifications').waitFor();
      const x = async (name: string) => (await names.getByText(name, { exact: true }).boundingBox())!.x;
      expect(await x('gateway')).toBeLessThan(await x('orders'));
      expect(await x('orders')).toBeLessThan(await x('payments'));
      expect(await x('payments')).toBeLessThan(await x('psp-sandbox'));
      expect(await page.getByRole('region', { name: 'Outbox' }).getByRole('row').last().innerText()).toMatch(
        /orders\s+17/,
      );
      const row = page.getByRole('row').filter({ hasText: 'CONFIRMED' });
      await row.getByRole('link').press('Enter');
      await page.getByRole('heading', { name: 'Order …0857087f CONFIRMED' }).waitFor();
      expect(await page.getByRole('listitem').count()).toBe(order.length);
      expect(page.url()).toContain(`#/traces/${traceIdOf(1)}`);
      await page.getByRole('link', { name: 'Overview' }).click();
      await names.getByText('gateway').waitFor();
      expect(faults).toEqual([]);
    },
  );

  inChromium('leaves the keyboard where it was when something new arrives', async (browser) => {
    const { page } = await opened(browser);
    await send(...anOrdersTrace());
    await page.getByRole('link', { name: '…0857087f' }).focus();
    await send(...anOrdersTrace({ traceId: traceIdOf(2), orderId: 'another-order-0001' }));
    await page.getByRole('link', { name: '…der-0001' }).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('…0857087f');
  });

  inChromium('shows what a span tells, and database statements on demand', async (browser) => {
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT   1' };
    const request = aSpan({ attributes: { 'http.route': '/v1/products' } });
    const failed = { service: 'orders', kind: 'client' as const, error: 'deadlock detected' };
    await send(request, aSpan({ ...failed, parentSpanId: request.spanId, attributes }));
    const { page } = await opened(browser, `#/traces/${traceIdOf(1)}`);
    await page.getByRole('button', { name: 'GET /v1/products' }).click();
    await page.getByText('http.route').waitFor();
    expect(await page.getByText('SELECT 1').count()).toBe(0);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'SELECT 1' }).click();
    await page.getByText('deadlock detected').waitFor();
  });

  inChromium('shows hostile telemetry as the text that it is', async (browser) => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const first = aSpan({ service: evil, name: evil, attributes: { [evil]: evil }, error: evil });
    // A ring, a parent of itself, and a chain deeper than any stack.
    const ring = [aSpan(), aSpan()] as [CollectedSpan, CollectedSpan];
    ring[0].parentSpanId = ring[1].spanId;
    ring[1].parentSpanId = ring[0].spanId;
    const self = aSpan();
    self.parentSpanId = self.spanId;
    const chain = Array.from({ length: 12_000 }, () => aSpan());
    for (const [index, span] of chain.entries()) span.parentSpanId = chain[index - 1]?.spanId ?? first.spanId;
    await send(first, ...ring, self, ...chain);
    const { page, faults } = await opened(browser);
    await page.locator('.node-name').getByText('<img').waitFor();
    await page.goto(`${receiver.url}/#/traces/${traceIdOf(1)}`);
    await page.getByText('… and 10,004 more spans').waitFor();
    await page.getByRole('button', { name: '<img' }).click();
    expect(await page.getByRole('definition').filter({ hasText: '<script>' }).count()).toBeGreaterThan(0);
    expect(await page.locator('img:not([src="icon.svg"])').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  inChromium('follows the system into the dark, and into stillness', async (browser) => {
    await send(...anOrdersTrace());
    const ground = async (colorScheme: 'light' | 'dark') => {
      const { page } = await opened(browser, '', { colorScheme, reducedMotion: 'reduce' });
      await page.locator('.edge.message').first().waitFor({ state: 'attached' });
      const of = (what: string, property: string) =>
        page.evaluate(`getComputedStyle(document.querySelector('${what}')).${property}`);
      expect(await of('.edge.message', 'animationName')).toBe('none');
      return of('html', 'backgroundColor');
    };
    expect([await ground('light'), await ground('dark')]).toEqual(['rgb(245, 246, 250)', 'rgb(14, 16, 22)']);
  });

  inChromium('says so when the shop is gone', async (browser) => {
    const { page } = await opened(browser);
    await receiver.stop();
    await page.getByText('not connected').waitFor();
    receiver = await startReceiver({ page: true, port: receiver.port });
    await page.getByText('live', { exact: true }).waitFor();
  });
});
