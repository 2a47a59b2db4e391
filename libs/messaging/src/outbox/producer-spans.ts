import { propagation, type Span, SpanKind, trace } from '@opentelemetry/api';
import { extract, messagingAttributes } from '@shop/tracing';
import type { OutgoingMessage } from '../broker/port.ts';
import { carrierOf, ce, text } from '../headers.ts';

const SAMPLED = /-[0-9a-f][13579bdf]$/;

/** Sends with a PRODUCER span for each message of a sampled trace, in the context that its publisher stored; the others cost nothing. */
export async function inProducerSpans(
  messages: OutgoingMessage[],
  send: (messages: OutgoingMessage[]) => Promise<void>,
): Promise<void> {
  const spans: Span[] = [];
  const traced = messages.map((message) => {
    const carrier = carrierOf(message.headers);
    if (!SAMPLED.test(carrier['traceparent'] ?? '')) return message;
    const parent = extract(carrier);
    const span = trace.getTracer('shop').startSpan(`send ${message.topic}`, spanOptions(message), parent);
    spans.push(span);
    propagation.inject(trace.setSpan(parent, span), carrier);
    return { ...message, headers: { ...message.headers, ...carrier } };
  });
  try {
    await send(traced);
  } catch (error) {
    for (const span of spans) span.recordException(error as Error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

const spanOptions = (message: OutgoingMessage) => ({
  kind: SpanKind.PRODUCER,
  attributes: {
    [messagingAttributes.system]: 'kafka',
    [messagingAttributes.operationName]: 'send',
    [messagingAttributes.operationType]: 'send',
    [messagingAttributes.destination]: message.topic,
    [messagingAttributes.messageId]: text(message.headers, ce.id) ?? '',
    [messagingAttributes.type]: text(message.headers, ce.type) ?? '',
  },
});
