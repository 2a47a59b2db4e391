import type { MetricStore, Series } from '../store/metric-store.ts';
import { bucketIncrease, increase, largest, latest, rates, sum, total } from './counters.ts';
import { bucketQuantile } from './quantiles.ts';
import { secondsSince } from './window.ts';

/** What one service does and takes, as its metrics say. All its processes together; what was not heard is null. */
export interface ServiceRow {
  service: string;
  instances: number;
  requestsPerSecond: number;
  p50Ms: number | null;
  p95Ms: number | null;
  errors: number;
  messagesPerSecond: number;
  /** Of one core. */
  cpu: number | null;
  memoryBytes: number | null;
  loopDelayMs: number | null;
  /** Requests and messages per second over the window. */
  history: number[];
}

const CPU_MS = 10_000;

export function servicesOf(metrics: MetricStore, since: number, now: number): ServiceRow[] {
  const groups = Map.groupBy(metrics.all(now), ({ service }) => service);
  return [...groups]
    .map(([service, series]) =>
      rowOf(
        service,
        Map.groupBy(series, ({ name }) => name),
        since,
        now,
      ),
    )
    .sort((a, b) => a.service.localeCompare(b.service));
}

function rowOf(service: string, byName: Map<string, Series[]>, since: number, now: number): ServiceRow {
  const of = (name: string) => byName.get(name) ?? [];
  const requests = of('http.server.request.duration');
  const messages = of('messaging.client.consumed.messages');
  const memory = of('process.memory.usage');
  const grown = (series: Series[], from = since) => sum(series.map((one) => increase(one, from, now)));
  const { bounds, counts } = bucketIncrease(requests, since);
  const seconds = secondsSince(since, now);
  return {
    service,
    instances: memory.filter((one) => latest(one, now) !== undefined).length,
    requestsPerSecond: grown(requests) / seconds,
    p50Ms: inMs(bucketQuantile(bounds, counts, 0.5)),
    p95Ms: inMs(bucketQuantile(bounds, counts, 0.95)),
    errors: grown(requests.filter(({ attributes }) => isError(attributes['http.response.status_code']))),
    messagesPerSecond: grown(messages) / seconds,
    cpu: memory.length > 0 ? grown(of('process.cpu.time'), now - CPU_MS) / (CPU_MS / 1_000) : null,
    memoryBytes: total(memory, now),
    loopDelayMs: inMs(largest(of('nodejs.eventloop.delay.p99'), now)),
    history: rates([...requests, ...messages], now),
  };
}

const isError = (status: unknown): boolean => Number(status) >= 500;

const inMs = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1_000);
