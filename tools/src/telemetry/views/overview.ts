import type { MetricStore } from '../store/metric-store.ts';
import type { SpanStore } from '../store/span-store.ts';
import { type Call, callsOf } from './calls.ts';
import { type LagRow, lagsOf, type OutboxRow, outboxesOf } from './messaging.ts';
import { ordersOf, type OrderTotals, totalsOf, type TracedOrder } from './orders.ts';
import { type ServiceRow, servicesOf } from './services.ts';
import { WINDOW_MS } from './window.ts';

/** Everything that the page's first sight shows. Times are milliseconds since the epoch. */
export interface Overview {
  now: number;
  /** From when on things are counted: five minutes ago, or later when the receiver is younger or had to forget. */
  since: number;
  kept: { traces: number; spans: number; fill: number };
  services: ServiceRow[];
  calls: Call[];
  orders: TracedOrder[];
  totals: OrderTotals;
  outboxes: OutboxRow[];
  lags: LagRow[];
}

const MOST_ORDERS = 50;
/** More than a map can show. */
const MOST_CALLS = 200;

export function overviewOf(
  spans: SpanStore,
  metrics: MetricStore,
  startedAt: number,
  now = Date.now(),
): Overview {
  const traces = spans.traces();
  const orders = ordersOf(traces);
  const from = Math.max(now - WINDOW_MS, startedAt);
  const oldest = traces[0]?.values().next().value?.startMs ?? from;
  const since = spans.forgetful ? Math.max(from, Math.min(oldest, now)) : from;
  return {
    now,
    since,
    kept: {
      traces: traces.length,
      spans: traces.reduce((count, trace) => count + trace.size, 0),
      fill: spans.fill,
    },
    services: servicesOf(metrics, from, now),
    calls: callsOf(traces, since, now).slice(0, MOST_CALLS),
    orders: orders.slice(0, MOST_ORDERS),
    totals: totalsOf(orders, since),
    outboxes: outboxesOf(metrics, now),
    lags: lagsOf(metrics, now),
  };
}
