import { expect, it } from '@jest/globals';
import { spansBy } from './traces.ts';

it('counts the spans of a trace by who made them', () => {
  const processes = { p1: { serviceName: 'gateway' }, p2: { serviceName: 'gateway.shop' } };
  const spans = [{ processID: 'p1' }, { processID: 'p2' }, { processID: 'p1' }];
  expect([...spansBy({ spans, processes })]).toEqual([
    ['gateway', 2],
    ['gateway.shop', 1],
  ]);
});
