import type { CollectedSpan } from './otlp/spans.ts';

const id = (n: number, digits: number) => n.toString(16).padStart(digits, '0');
let last = 0;

export const traceIdOf = (n: number): string => id(n, 32);

/** A span that a gateway might have made; `spanId` is a new one. */
export const aSpan = (given: Partial<CollectedSpan> = {}): CollectedSpan => ({
  traceId: traceIdOf(1),
  spanId: id((last += 1), 16),
  parentSpanId: '',
  service: 'gateway',
  name: 'GET /v1/products',
  kind: 'server',
  startMs: Date.now(),
  durationMs: 5,
  attributes: {},
  links: [],
  ...given,
});

/** As `SpanStore.traces()` answers them. */
export const tracesOf = (...spans: CollectedSpan[]): Map<string, CollectedSpan>[] =>
  [...Map.groupBy(spans, ({ traceId }) => traceId).values()].map(
    (trace) => new Map(trace.map((span) => [span.spanId, span])),
  );

const KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer'];

/** What an exporter would send. */
export const exportOf = (...spans: CollectedSpan[]) => ({
  resourceSpans: spans.map((span) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: span.service } }] },
    scopeSpans: [
      {
        spans: [
          {
            ...span,
            kind: KINDS.indexOf(span.kind),
            startTimeUnixNano: nanos(span.startMs),
            endTimeUnixNano: nanos(span.startMs + span.durationMs),
            attributes: Object.entries(span.attributes).map(([key, value]) => ({
              key,
              value: typeof value === 'number' ? { intValue: value } : { stringValue: String(value) },
            })),
            status: span.error === undefined ? {} : { code: 2, message: span.error },
          },
        ],
      },
    ],
  })),
});

const nanos = (ms: number): string => String(BigInt(Math.round(ms * 1_000)) * 1_000n);

const ORDER = '01a214a7-5fa6-72b8-ba56-ab020857087f';

/** An order's way from the gateway to the e-mail, in short: who asked whom, and what was sent. */
export function anOrdersTrace({
  traceId = traceIdOf(1),
  orderId = ORDER,
  at = Date.now(),
} = {}): CollectedSpan[] {
  const spans: CollectedSpan[] = [];
  const then = (service: string, kind: CollectedSpan['kind'], name: string, attributes: object = {}) => {
    const parentSpanId = spans.at(-1)?.spanId ?? '';
    const startMs = at + spans.length * 10;
    spans.push(aSpan({ traceId, parentSpanId, service, kind, name, startMs, attributes: { ...attributes } }));
  };
  const placing = {
    'http.request.method': 'POST',
    'http.route': '/v1/orders',
    'http.response.status_code': 202,
  };
  const message = (from: string, to: string, topic: string, type: string) => {
    then(from, 'producer', `send ${topic}`, { 'messaging.destination.name': topic });
    const key = { 'messaging.kafka.message.key': orderId };
    then(to, 'consumer', `process ${type}`, { 'cloudevents.event_type': type, ...key });
  };
  then('gateway', 'server', 'POST /v1/orders', placing);
  then('gateway', 'client', 'POST orders');
  then('orders', 'server', 'POST /v1/orders', placing);
  message('orders', 'inventory', 'shop.inventory.commands.v1', 'shop.inventory.reserve-stock.v1');
  message('inventory', 'orders', 'shop.inventory.events.v1', 'shop.inventory.stock-reserved.v1');
  message('orders', 'payments', 'shop.payments.commands.v1', 'shop.payments.authorise-payment.v1');
  then('payments', 'client', 'POST psp');
  then('psp-sandbox', 'server', 'POST /v1/payments');
  message('payments', 'orders', 'shop.payments.events.v1', 'shop.payments.payment-captured.v1');
  message('orders', 'notifications', 'shop.orders.events.v1', 'shop.orders.order-confirmed.v1');
  return spans;
}
