import { logger } from '@shop/tracing';
import type { RelayConnection } from './relay-connection.ts';

const FREE = 'free';

export interface WakeUpListener {
  /** Another process wrote rows into these lanes. */
  rows(lanes: number[]): void;
  /** Another relay has given lanes back. */
  free(): void;
}

/** NOTIFY between the relays of one database. Notifications may get lost: each relay also looks by itself every few seconds. */
export class WakeUp {
  readonly #log = logger('outbox-wake-up');
  readonly #waiting = new Set<number>();
  #notifying = false;

  constructor(private readonly connection: Pick<RelayConnection, 'notify' | 'onNotification'>) {}

  listen({ rows, free }: WakeUpListener): void {
    this.connection.onNotification = (payload) =>
      payload === FREE ? free() : rows(payload.split(',').map(Number));
  }

  /** Coalesced: while one notification is under way the next gathers. Outside any transaction, because NOTIFY takes a lock that all commits share. */
  async rows(lanes: Iterable<number>): Promise<void> {
    for (const lane of lanes) this.#waiting.add(lane);
    if (this.#notifying) return;
    this.#notifying = true;
    try {
      while (this.#waiting.size > 0) {
        const payload = [...this.#waiting].join();
        this.#waiting.clear();
        await this.connection.notify(payload);
      }
    } catch (error) {
      this.#log.debug({ err: error }, 'a notification was lost; the relay will find the rows by itself');
    } finally {
      this.#notifying = false;
    }
  }

  free(): Promise<void> {
    return this.connection.notify(FREE);
  }
}
