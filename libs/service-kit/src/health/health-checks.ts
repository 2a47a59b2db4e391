import { Injectable } from '@nestjs/common';

export type HealthCheck = () => Promise<void> | void;

/** `checks` says 'ok' or what is wrong, by name. */
export interface HealthReport {
  healthy: boolean;
  checks: Record<string, string>;
}

const timeoutMs = 1_000;

/** What must hold before traffic may come; a check fails by throwing, or by taking longer than a second. */
@Injectable()
export class HealthChecks {
  readonly #readiness = new Map<string, HealthCheck>();
  readonly #startup = new Map<string, HealthCheck>();
  #draining = false;
  #started = false;

  /** Asked again and again: may traffic come now? */
  readiness(name: string, check: HealthCheck): void {
    this.#readiness.set(name, check);
  }

  /** Asked until it has held once: is the process complete? */
  startup(name: string, check: HealthCheck): void {
    this.#startup.set(name, check);
  }

  /** From now on the service is not ready, because it is about to end. */
  drain(): void {
    this.#draining = true;
  }

  async ready(): Promise<HealthReport> {
    if (this.#draining) return { healthy: false, checks: { service: 'draining' } };
    return run(this.#readiness);
  }

  async started(): Promise<HealthReport> {
    if (this.#started) return { healthy: true, checks: {} };
    const report = await run(this.#startup);
    this.#started = report.healthy;
    return report;
  }
}

async function run(checks: ReadonlyMap<string, HealthCheck>): Promise<HealthReport> {
  const entries = await Promise.all(
    [...checks].map(async ([name, check]) => [name, await outcomeOf(check)] as const),
  );
  return { healthy: entries.every(([, outcome]) => outcome === 'ok'), checks: Object.fromEntries(entries) };
}

async function outcomeOf(check: HealthCheck): Promise<string> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(resolve, timeoutMs, `no answer within ${timeoutMs} ms`);
  const outcome = Promise.resolve()
    .then(check)
    .then(
      () => 'ok',
      (error: unknown) => (error instanceof Error && error.message) || 'failed',
    );
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}
