import { describe, expect, it } from '@jest/globals';
import { anOrdersTrace, aSpan, tracesOf } from '../span.fixture.ts';
import { callsOf } from './calls.ts';

const since = 0;
const now = 10_000;

describe('calls', () => {
  it('are where one service’s span has another’s for a parent', () => {
    const calls = callsOf(tracesOf(...anOrdersTrace({ at: 1_000 })), since, now);
    expect(calls.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual([
      'client http gateway',
      'gateway http orders',
      'orders message inventory',
      'inventory message orders',
      'orders message payments',
      'payments http psp-sandbox',
      'payments message orders',
      'orders message notifications',
    ]);
    expect(calls[2]).toMatchObject({
      via: ['shop.inventory.commands.v1'],
      count: 1,
      perSecond: 0.1,
      p50Ms: 10,
    });
  });

  it('count their failures, also those that only the caller saw', () => {
    const asking = aSpan({ kind: 'client', error: 'no answer within 100 ms' });
    const asked = aSpan({ service: 'orders', parentSpanId: asking.spanId, startMs: 1_000 });
    expect(callsOf(tracesOf({ ...asking, startMs: 1_000 }, asked), since, now)).toMatchObject([
      { from: 'gateway', to: 'orders', errors: 1 },
    ]);
  });

  it('of a database are its statements', () => {
    const attributes = { 'db.system.name': 'postgresql', 'db.namespace': 'orders' };
    const statement = aSpan({ service: 'orders', kind: 'client', attributes, startMs: 1_000, durationMs: 2 });
    expect(callsOf(tracesOf(statement), since, now)).toMatchObject([
      { from: 'orders', to: 'orders', kind: 'database', p50Ms: 2 },
    ]);
  });

  it('of earlier times are known and not counted', () => {
    expect(callsOf(tracesOf(aSpan({ startMs: 1_000 })), 2_000, now)).toMatchObject([
      { from: 'client', to: 'gateway', count: 0, perSecond: 0, p50Ms: null },
    ]);
  });
});
