import { meter } from '@shop/tracing';

/** Rate, errors and duration of every route, and what was refused under load. */
export function httpMetrics() {
  const http = meter('http');
  return {
    duration: http.createHistogram('http.server.request.duration', {
      unit: 's',
      description: 'Duration of HTTP requests, by route, method and status',
    }),
    shed: http.createCounter('http.server.requests.shed', {
      description: 'Requests refused under load, by priority',
    }),
    limit: http.createObservableGauge('http.server.concurrency.limit', {
      description: 'Requests that may be in flight at once',
    }),
    inFlight: http.createObservableGauge('http.server.concurrency.in_flight', {
      description: 'Requests in flight',
    }),
  };
}
