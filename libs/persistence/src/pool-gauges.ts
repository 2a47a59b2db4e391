import type { BatchObservableCallback } from '@opentelemetry/api';
import { meter } from '@shop/tracing';
import type { Pool } from 'pg';
import { turnsAt } from './turns.ts';

/** Reports a pool, and who waits for his turn at it, by OpenTelemetry's semantic conventions. Answers how to stop. */
export function observePool(name: string, pool: Pool): () => void {
  const metrics = meter('@shop/persistence');
  const gauge = (what: string, unit: string, description: string) =>
    metrics.createObservableGauge(`db.client.connection.${what}`, { unit, description });
  const connections = gauge('count', '{connection}', 'Connections of the pool, by state');
  const most = gauge('max', '{connection}', 'Connections that the pool may open');
  const pending = gauge('pending_requests', '{request}', 'Work that waits for a connection');
  const labels = { 'db.client.connection.pool.name': name };
  const report: BatchObservableCallback = (result) => {
    const { totalCount, idleCount, waitingCount, options } = pool;
    result.observe(connections, idleCount, { ...labels, 'db.client.connection.state': 'idle' });
    result.observe(connections, totalCount - idleCount, { ...labels, 'db.client.connection.state': 'used' });
    result.observe(most, options.max, labels);
    // Who takes an idle connection also stands in the pool's queue, until the next tick.
    const queued = Math.max(0, waitingCount - idleCount);
    result.observe(pending, queued + turnsAt(pool).waiting, labels);
  };
  metrics.addBatchObservableCallback(report, [connections, most, pending]);
  return () => metrics.removeBatchObservableCallback(report, [connections, most, pending]);
}
