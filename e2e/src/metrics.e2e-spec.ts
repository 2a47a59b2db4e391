import { readFile } from 'node:fs/promises';
import { describe, expect } from '@jest/globals';
import { scrape } from './support/metrics.ts';
import { orderOf, placed, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

const page = new URL('../../docs/metrics.md', import.meta.url);

interface Row {
  name: string;
  labels: string[];
  services: string[];
}

/** The rows of the tables: a metric's name, its labels, and the services that have it. */
async function documented(): Promise<Row[]> {
  const all = Object.keys(shop.own.urls);
  const rows = (await readFile(page, 'utf8')).matchAll(
    /^\| `(\w+)` +\| (?:histogram|gauge|counter) +\|([^|]*)\| ([^|]+?) +\|/gm,
  );
  return [...rows].map(([, name, labels, services]) => ({
    name: name!,
    labels: labels!.match(/\w+/g) ?? [],
    services: services === 'all' ? all : services!.split(', '),
  }));
}

/** The names of labels that a metric has, without those of every histogram, and of every reporter. */
const labelsIn = (text: string, name: string): string[] => {
  const lines = text.matchAll(new RegExp(`^${name}(?:_bucket)?\\{(.*)\\} `, 'gm'));
  const names = [...lines].flatMap(([, labels]) =>
    [...labels!.matchAll(/(\w+)="/g)].map(([, label]) => label!),
  );
  return [...new Set(names)].filter((label) => label !== 'le' && !label.startsWith('telemetry_'));
};

describe('the page about metrics', () => {
  ownShop('names every metric that a service has, and none that it has not', async () => {
    const customer = await shop.customer();
    const { id } = await aProductInStock(await shop.admin(), 10);
    const order = await placed(customer, orderOf(id));
    await untilStatus(customer, order.id, 'CONFIRMED');
    await shop.anyone.get('/v1/products/{id}', { path: { id } });
    const admin = await shop.admin();
    const refunded = await admin.post('/v1/admin/orders/{id}/refund', {
      path: { id: order.id },
      header: withKey(),
    });
    expect(refunded.status).toBe(202);
    await untilStatus(customer, order.id, 'REFUNDED');

    const rows = await documented();
    expect(rows.length).toBeGreaterThan(40);
    const known = new Set(rows.map(({ name }) => name));
    for (const [service, url] of Object.entries(shop.own.urls)) {
      await fetch(new URL('/nowhere', url));
      const { names, text } = await scrape(service);
      const expected = rows.filter(({ services }) => services.includes(service)).map(({ name }) => name);
      expect({ service, undocumented: names.filter((name) => !known.has(name)) }).toEqual({
        service,
        undocumented: [],
      });
      const labels = rows.flatMap(({ name, labels }) =>
        labelsIn(text, name)
          .filter((label) => !labels.includes(label))
          .map((label) => `${name} ${label}`),
      );
      expect({ service, labels }).toEqual({ service, labels: [] });
      expect({ service, missing: expected.filter((name) => !names.includes(name)) }).toEqual({
        service,
        missing: [],
      });
    }
  });
});
