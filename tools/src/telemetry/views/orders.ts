import type { CollectedSpan } from '../otlp/spans.ts';
import { isStatement, type Traces } from './calls.ts';
import { quantile } from './quantiles.ts';

/** An order as its trace tells it. */
export interface TracedOrder {
  /** Undefined until the first message about it was handled. */
  orderId: string | undefined;
  traceId: string;
  placedAt: number;
  status: 'PENDING' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED' | 'REFUNDED';
  /** From the request to the event that ended the order. */
  durationMs: number | undefined;
  spans: number;
  services: number;
}

export interface OrderTotals {
  placed: number;
  confirmed: number;
  /** From placed to confirmed. */
  p50Ms: number | null;
  p95Ms: number | null;
}

const ENDED = /^shop\.orders\.order-(confirmed|rejected|cancelled|refunded)\./;

/** The orders placed, latest first. What happens to one later, in another trace, counts too. */
export function ordersOf(traces: Traces): TracedOrder[] {
  const placed = traces.flatMap((trace) => {
    const spans = [...trace.values()];
    const request = spans.find(isPlacing);
    return request && spans.some(leavesWork) ? [{ request, spans }] : [];
  });
  const ends = endsByOrder(traces);
  return placed
    .toSorted((a, b) => b.request.startMs - a.request.startMs)
    .map(({ request, spans }) => {
      const orderId = spans.map(orderIdOf).find((id) => id !== undefined);
      const [first, last] = [ends.get(orderId ?? '')?.at(0), ends.get(orderId ?? '')?.at(-1)];
      return {
        orderId,
        traceId: request.traceId,
        placedAt: request.startMs,
        status: last?.status ?? 'PENDING',
        durationMs: first && first.at - request.startMs,
        spans: spans.length,
        services: new Set(spans.map(({ service }) => service)).size,
      };
    });
}

/** How many were placed, and how long those that were confirmed took. */
export function totalsOf(orders: readonly TracedOrder[], since: number): OrderTotals {
  const placed = orders.filter(({ placedAt }) => placedAt >= since);
  const confirmed = placed.filter(({ status }) => status === 'CONFIRMED' || status === 'REFUNDED');
  const times = confirmed.flatMap(({ durationMs }) => durationMs ?? []);
  return {
    placed: placed.length,
    confirmed: confirmed.length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}

/** Accepted, at the service that keeps orders: the gateway's span may come later. */
const isPlacing = ({ service, kind, attributes }: CollectedSpan): boolean =>
  service === 'orders' &&
  kind === 'server' &&
  attributes['http.request.method'] === 'POST' &&
  attributes['http.route'] === '/v1/orders' &&
  attributes['http.response.status_code'] === 202;

/** A request that was repeated by its key is answered as the first was, and leaves no message to send. */
const leavesWork = (span: CollectedSpan): boolean =>
  span.kind === 'producer' ||
  (isStatement(span) && /\boutbox\b/.test(String(span.attributes['db.query.text'])));

/** Messages about an order have its id for a key. */
function orderIdOf({ kind, attributes }: CollectedSpan): string | undefined {
  const key = attributes['messaging.kafka.message.key'];
  return kind === 'consumer' && typeof key === 'string' ? key : undefined;
}

interface End {
  orderId: string;
  status: TracedOrder['status'];
  at: number;
}

/** How each order ended, and how it ended after that, as a refund may; in the order of time. */
function endsByOrder(traces: Traces): Map<string, End[]> {
  const ends = traces.flatMap((trace) => [...trace.values()].flatMap((span) => endOf(span, trace)));
  const inTime = ends.sort((a, b) => a.at - b.at);
  return Map.groupBy(inTime, ({ orderId }) => orderId);
}

function endOf(span: CollectedSpan, trace: Traces[number]): End[] {
  const [, how] = ENDED.exec(String(span.attributes['cloudevents.event_type'])) ?? [];
  const orderId = orderIdOf(span);
  if (!how || orderId === undefined) return [];
  // When it was sent, if that is known; it is handled a little later.
  const at = trace.get(span.parentSpanId)?.startMs ?? span.startMs;
  return [{ orderId, status: how.toUpperCase() as End['status'], at }];
}
