import { meter } from '@shop/tracing';

const metrics = meter('@shop/resilience');
const refusals = metrics.createCounter('shop_resilience_refused', {
  description: 'Calls refused before they were made',
});
const retries = metrics.createCounter('shop_resilience_retries', {
  description: 'Repeated calls, and repeats the budget refused',
});
const breakers = metrics.createObservableGauge('shop_circuit_breaker_state', {
  description: '0 closed, 1 half-open, 2 open',
});

export const refused = (name: string, by: 'bulkhead' | 'circuit-breaker' | 'deadline'): void =>
  refusals.add(1, { name, by });

export const retried = (name: string, outcome: 'repeated' | 'budget-spent'): void =>
  retries.add(1, { name, outcome });

export const watchBreaker = (name: string, state: () => 'closed' | 'half-open' | 'open'): void =>
  breakers.addCallback((gauge) => gauge.observe(['closed', 'half-open', 'open'].indexOf(state()), { name }));
