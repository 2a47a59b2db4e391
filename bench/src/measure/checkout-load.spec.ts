import { describe, expect, it } from '@jest/globals';
import type { Sent } from '../load/job.ts';
import { outcome } from './checkout-load.ts';

const sent = (...requests: [at: number, latency: number, status: number, id: string][]): Sent => ({
  name: 'checkout',
  intended: Float64Array.from(requests, ([at]) => at),
  latency: Float64Array.from(requests, ([, latency]) => latency),
  status: Uint16Array.from(requests, ([, , status]) => status),
  ids: requests.map(([, , , id]) => id),
});
const confirmed = (updatedAt: number) => ({ status: 'CONFIRMED', updatedAt });

describe('what became of a load', () => {
  it('counts each answer once, as accepted, shed or failed', () => {
    const result = outcome(
      sent([0, 5, 202, 'a'], [1, 5, 503, ''], [2, 5, 429, ''], [3, 5, 500, ''], [4, 5, 0, '']),
      new Map(),
      0,
      3_000,
    );
    expect(result).toMatchObject({ accepted: 1, shed: 2, failed: 2, confirmed: 0 });
  });

  it('takes latencies from the intended time, of accepted and of confirmed orders', () => {
    const orders = new Map([['a', confirmed(1_250)]]);
    const { toAccepted, toConfirmed } = outcome(
      sent([1_000, 30, 202, 'a'], [1_000, 9_999, 503, '']),
      orders,
      0,
      3_000,
    );
    expect(toAccepted.max).toBe(30);
    expect(toConfirmed.max).toBe(250);
  });

  it('does not count what was confirmed while the pipeline filled, or after the load', () => {
    const orders = new Map([
      ['early', confirmed(500)],
      ['in time', confirmed(2_000)],
      ['late', confirmed(3_500)],
      ['rejected', { status: 'REJECTED', updatedAt: 2_000 }],
    ]);
    const result = outcome(
      sent([0, 1, 202, 'early'], [1, 1, 202, 'in time'], [2, 1, 202, 'late'], [3, 1, 202, 'rejected']),
      orders,
      0,
      3_000,
    );
    expect(result).toMatchObject({ confirmed: 3, backlog: 1, confirmedPerSecond: 0.5 });
  });
});
