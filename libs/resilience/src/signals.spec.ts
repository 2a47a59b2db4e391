import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { renderMetrics, startTelemetry } from '@shop/tracing';

// First: instruments that are made before metrics are started stay silent.
await startTelemetry('spec');
const { bulkhead, circuitBreaker, Deadline, httpClient, retry, retryBudget, withDeadline } =
  await import('./index.ts');

const fails = () => Promise.reject(new Error('down'));

/** The value of the series with exactly these labels. */
async function metric(name: string, labels: string): Promise<number | undefined> {
  const { text } = await renderMetrics();
  const line = text.split('\n').find((each) => each.startsWith(`${name}{${labels}} `));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
}

describe('what resilience lets be seen', () => {
  it('is the state of a breaker, and what it refused', async () => {
    let now = 0;
    const breaker = circuitBreaker({ name: 'b', minimumCalls: 1, openMs: 10, now: () => now });
    const state = () => metric('shop_circuit_breaker_state', 'dependency="b"');
    const refused = () => metric('shop_resilience_refused_total', 'dependency="b",reason="circuit-breaker"');
    expect([await state(), await refused()]).toEqual([0, 0]);
    await breaker(fails).catch(() => {});
    await breaker(fails).catch(() => {});
    expect([await state(), await refused()]).toEqual([2, 1]);
    now = 11;
    expect(await state()).toBe(1);
  });

  it('is how full a bulkhead is, and whom it turned away', async () => {
    const policy = bulkhead({ name: 'h', concurrency: 1, queue: 1 });
    const gate = Promise.withResolvers<void>();
    const held = [policy(() => gate.promise), policy(() => gate.promise)];
    await policy(fails).catch(() => {});
    const of = (what: string) => metric(`shop_bulkhead_${what}`, 'dependency="h"');
    expect([await of('limit'), await of('in_use'), await of('waiting')]).toEqual([1, 1, 1]);
    expect(await metric('shop_resilience_refused_total', 'dependency="h",reason="bulkhead"')).toBe(1);
    gate.resolve();
    await Promise.all(held);
    expect([await of('in_use'), await of('waiting')]).toEqual([0, 0]);
  });

  it('is what is left of a retry budget, and what became of repeats', async () => {
    const budget = retryBudget({ ratio: 0, floorPerSecond: 0.1, now: () => 0 });
    const policy = retry({ name: 'r', attempts: 3, baseMs: 1, budget });
    const retries = (outcome: string) =>
      metric('shop_resilience_retries_total', `dependency="r",outcome="${outcome}"`);
    const left = () => metric('shop_retry_budget_left', 'dependency="r"');
    expect([await left(), await retries('repeated'), await retries('budget-spent')]).toEqual([1, 0, 0]);
    await policy(fails).catch(() => {});
    expect([await left(), await retries('repeated'), await retries('budget-spent')]).toEqual([0, 1, 1]);
  });

  it('is how long each attempt took, and how it ended', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/hangs') return;
      response.writeHead(request.url === '/broken' ? 500 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = httpClient({ name: 'c', baseUrl, timeoutMs: 10_000, retries: 0 });
    const ask = (path: string) => client.request({ method: 'POST', path }).catch(() => {});
    await ask('/');
    await ask('/broken');
    await withDeadline(Deadline.in(300), () => ask('/hangs'));
    await withDeadline(Deadline.in(0), () => ask('/'));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await ask('/');
    await client.close();

    const attempts = (how: string) =>
      metric(
        'http_client_request_duration_seconds_count',
        `http_request_method="POST",peer_service="c",${how}`,
      );
    expect(await attempts('http_response_status_code="200"')).toBe(1);
    expect(await attempts('http_response_status_code="500",error_type="failed"')).toBe(1);
    expect(await attempts('error_type="timeout"')).toBe(1);
    expect(await attempts('error_type="unreachable"')).toBe(1);
    expect(await metric('shop_resilience_refused_total', 'dependency="c",reason="deadline"')).toBe(1);
  });
});
