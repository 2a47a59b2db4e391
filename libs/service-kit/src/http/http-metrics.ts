import { durationHistogram, meter } from '@shop/tracing';

/** Rate, errors and duration of every route, and what was refused under load. */
export function httpMetrics() {
  const http = meter('@shop/service-kit');
  return {
    duration: durationHistogram(http, 'http.server.request.duration', 'Duration of HTTP requests'),
    shed: http.createCounter('shop.http.shed', {
      description: 'Requests refused under load, by priority',
      unit: '{request}',
    }),
    limit: http.createObservableGauge('shop.http.concurrency.limit', {
      description: 'Requests that may be in flight at once',
      unit: '{request}',
    }),
    inFlight: http.createObservableGauge('shop.http.concurrency.in_flight', {
      description: 'Requests in flight',
      unit: '{request}',
    }),
  };
}
