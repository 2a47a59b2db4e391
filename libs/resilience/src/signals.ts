import type { Attributes, ObservableGauge } from '@opentelemetry/api';
import { durationHistogram, meter } from '@shop/tracing';

const metrics = meter('@shop/resilience');
const refusals = metrics.createCounter('shop.resilience.refused', {
  description: 'Calls refused before they were made',
  unit: '{call}',
});
const retries = metrics.createCounter('shop.resilience.retries', {
  description: 'Repeated calls, and repeats the budget refused',
  unit: '{call}',
});
const gauge = (name: string, description: string) => metrics.createObservableGauge(name, { description });
const breakers = gauge('shop.circuit_breaker.state', '0 closed, 1 half-open, 2 open');
const budgets = gauge('shop.retry_budget.left', 'Repeats that may still be made now');
const places = {
  limit: gauge('shop.bulkhead.limit', 'Calls that may be under way at once'),
  inUse: gauge('shop.bulkhead.in_use', 'Calls under way'),
  waiting: gauge('shop.bulkhead.waiting', 'Calls that wait for a place'),
};
const durations = durationHistogram(
  metrics,
  'http.client.request.duration',
  'Duration of attempts to call an upstream',
);

export const refused = (
  dependency: string,
  reason: 'bulkhead' | 'circuit-breaker' | 'deadline',
  calls = 1,
): void => refusals.add(calls, { dependency, reason });

export const retried = (dependency: string, outcome: 'repeated' | 'budget-spent', calls = 1): void =>
  retries.add(calls, { dependency, outcome });

/** In the active trace. */
export const attempted = (startedAt: number, attributes: Attributes): void =>
  durations.record((performance.now() - startedAt) / 1e3, attributes);

export function watchBreaker(dependency: string, state: () => 'closed' | 'half-open' | 'open'): void {
  refused(dependency, 'circuit-breaker', 0);
  watch(breakers, dependency, () => ['closed', 'half-open', 'open'].indexOf(state()));
}

export function watchBudget(dependency: string, left: () => number): void {
  retried(dependency, 'repeated', 0);
  retried(dependency, 'budget-spent', 0);
  watch(budgets, dependency, left);
}

export function watchBulkhead(
  dependency: string,
  limit: number,
  inUse: () => number,
  waiting: () => number,
): void {
  refused(dependency, 'bulkhead', 0);
  watch(places.limit, dependency, () => limit);
  watch(places.inUse, dependency, inUse);
  watch(places.waiting, dependency, waiting);
}

const watch = (gauge: ObservableGauge, dependency: string, read: () => number): void =>
  gauge.addCallback((result) => result.observe(read(), { dependency }));
