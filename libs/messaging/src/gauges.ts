import type { BatchObservableCallback, Observable } from '@opentelemetry/api';
import { messagingAttributes } from '@shop/tracing';
import type { Intake } from './consumer/intake.ts';
import { consumerLag, from, messagingMeter, outboxAge, outboxBlocked, outboxDepth } from './metrics.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';

// A scrape asks at most this often, however many scrapers there are.
const FRESH_MS = 5_000;

/** Reports the lag of the assigned partitions. Answers how to stop. */
export function observeLag(group: string, intake: Intake): () => void {
  const lags = cached(() => intake.lag());
  return observe([consumerLag], async (result) => {
    for (const { topic, partition, messages } of await lags())
      result.observe(consumerLag, messages, {
        ...from(topic, group),
        [messagingAttributes.partition]: String(partition),
      });
  });
}

/** Reports how much waits in the outbox and for how long. Answers how to stop. */
export function observeOutbox(store: OutboxStore): () => void {
  const depth = cached(() => store.depth());
  return observe([outboxDepth, outboxBlocked, outboxAge], async (result) => {
    const { depth: rows, blocked, ageSeconds } = await depth();
    result.observe(outboxDepth, rows);
    result.observe(outboxBlocked, blocked);
    result.observe(outboxAge, ageSeconds);
  });
}

function observe(gauges: Observable[], report: BatchObservableCallback): () => void {
  // A scrape during an outage goes without these figures.
  const callback: BatchObservableCallback = async (result) => Promise.resolve(report(result)).catch(() => {});
  messagingMeter.addBatchObservableCallback(callback, gauges);
  return () => messagingMeter.removeBatchObservableCallback(callback, gauges);
}

function cached<T>(load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  let until = 0;
  return () => {
    const now = performance.now();
    if (!value || now >= until) {
      until = now + FRESH_MS;
      value = load();
    }
    return value;
  };
}
