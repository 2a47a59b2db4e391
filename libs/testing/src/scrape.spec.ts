import { describe, expect, it } from '@jest/globals';
import { Scrape } from './scrape.ts';

const scrape = new Scrape(`# HELP orders_total Orders
# TYPE orders_total counter
orders_total{outcome="CONFIRMED",reason="none"} 3
orders_total{outcome="REJECTED",reason="stock/insufficient"} 2
# TYPE age_seconds gauge
age_seconds 1.5
`);

describe('a scrape', () => {
  it('adds up the samples that have the labels', () => {
    expect(scrape.value('orders_total')).toBe(5);
    expect(scrape.value('orders_total', { outcome: 'REJECTED' })).toBe(2);
    expect(scrape.value('age_seconds')).toBe(1.5);
  });

  it('tells what is missing from what is zero', () => {
    expect(scrape.value('orders_total', { outcome: 'CANCELLED' })).toBeUndefined();
    expect(scrape.value('orders')).toBeUndefined();
  });

  it('names its metrics', () => expect(scrape.names).toEqual(['age_seconds', 'orders_total']));
});
