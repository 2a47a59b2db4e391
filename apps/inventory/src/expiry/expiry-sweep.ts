import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { setTimeout as pause } from 'node:timers/promises';
import { inventorySettings, type InventoryConfig } from '../inventory.config.ts';
import { ExpireReservations, expiryBatch } from './expire-reservations.ts';

/** Looks for overdue reservations as long as the service runs. */
@Injectable()
export class ExpirySweep implements OnApplicationBootstrap {
  private readonly log = logger('expiry');
  private readonly stopping = new AbortController();

  constructor(
    private readonly expire: ExpireReservations,
    private readonly shutdown: ShutdownSequence,
    @Inject(inventorySettings) private readonly settings: InventoryConfig,
  ) {}

  onApplicationBootstrap(): void {
    const running = this.sweep();
    this.shutdown.add('work', 'expiry sweep', () => {
      this.stopping.abort();
      return running;
    });
  }

  private async sweep(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const more = await this.once();
      if (!more)
        await pause(this.settings.EXPIRY_SWEEP_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async once(): Promise<boolean> {
    try {
      const freed = await this.expire.run();
      if (freed > 0) this.log.info({ freed }, 'reservations expired');
      return freed === expiryBatch;
    } catch (error) {
      this.log.warn({ err: error }, 'expired reservations stay for the next sweep');
      return false;
    }
  }
}
