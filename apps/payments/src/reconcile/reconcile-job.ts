import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { setTimeout as sleep } from 'node:timers/promises';
import { paymentsSettings, type PaymentsConfig } from '../payments.config.ts';
import { Reconcile } from './reconcile.ts';

/** Reconciles as long as the service runs. */
@Injectable()
export class ReconcileJob implements OnApplicationBootstrap {
  private readonly log = logger('reconcile');
  private readonly stopping = new AbortController();

  constructor(
    private readonly reconcile: Reconcile,
    private readonly shutdown: ShutdownSequence,
    @Inject(paymentsSettings) private readonly settings: PaymentsConfig,
  ) {}

  onApplicationBootstrap(): void {
    const running = this.repeat();
    this.shutdown.add('work', 'reconciliation', () => {
      this.stopping.abort();
      return running;
    });
  }

  private async repeat(): Promise<void> {
    const { signal } = this.stopping;
    const restedMs = this.settings.RECONCILE_AFTER_MS;
    while (!signal.aborted) {
      await sleep(restedMs / 4, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.once(restedMs);
    }
  }

  private async once(restedMs: number): Promise<void> {
    try {
      const asked = await this.reconcile.run(restedMs);
      if (asked > 0) this.log.info({ asked }, 'the provider is asked about payments that have rested');
    } catch (error) {
      this.log.warn({ err: error }, 'reconciliation waits for its next turn');
    }
  }
}
