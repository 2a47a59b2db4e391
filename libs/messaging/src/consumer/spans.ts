import { type Link, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { extract, inNewTrace, messagingAttributes, withSpan } from '@shop/tracing';
import type { Delivery } from '../delivery.ts';

const common = (group: string) => ({
  [messagingAttributes.system]: 'kafka',
  [messagingAttributes.operationName]: 'process',
  [messagingAttributes.operationType]: 'process',
  [messagingAttributes.consumerGroup]: group,
});

/** In the trace that the message carried, or in a new one. */
export function inMessageSpan<T>(delivery: Delivery, group: string, work: () => Promise<T>): Promise<T> {
  const attributes = {
    ...common(group),
    [messagingAttributes.messageId]: delivery.id,
    [messagingAttributes.type]: delivery.type,
    [messagingAttributes.key]: delivery.key,
    [messagingAttributes.attempt]: delivery.attempt,
  };
  return inNewTrace(delivery.carrier, () =>
    withSpan(`process ${delivery.type}`, { kind: SpanKind.CONSUMER, attributes }, work),
  );
}

/** In a trace of its own with links to the messages', because a span has one parent only. */
export function inBatchSpan<T>(
  deliveries: readonly Delivery[],
  group: string,
  work: () => Promise<T>,
): Promise<T> {
  const attributes = { ...common(group), [messagingAttributes.batchSize]: deliveries.length };
  const options = {
    kind: SpanKind.CONSUMER,
    attributes,
    parent: ROOT_CONTEXT,
    links: deliveries.flatMap(linkTo),
  };
  return withSpan('process batch', options, work);
}

function linkTo({ carrier }: Delivery): Link[] {
  const context = trace.getSpanContext(extract(carrier));
  return context ? [{ context }] : [];
}
