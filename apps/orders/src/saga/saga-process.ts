import { Injectable } from '@nestjs/common';
import { type Delivery, Outbox } from '@shop/messaging';
import type { Tx } from '@shop/persistence';
import type { Origin } from '../model/order-saga.ts';
import type { Effects } from '../model/order-saga.ts';
import type { Input } from '../model/vocabulary.ts';
import { OrderMetrics } from '../orders.metrics.ts';
import { TimelineFeed } from '../timeline/timeline-feed.ts';
import { announcements, commands, type Publish } from './commands.ts';
import { type LockedSaga, SagaRows } from './saga-rows.ts';

/** Applies inputs to locked sagas. Commands and announcements leave through the outbox of the same transaction. */
@Injectable()
export class SagaProcess {
  constructor(
    private readonly outbox: Outbox,
    private readonly feed: TimelineFeed,
    private readonly metrics: OrderMetrics,
    private readonly rows: SagaRows,
  ) {}

  /** With a `cause`, what is published continues the trace of that delivery; without, the current one. */
  receive(
    tx: Tx,
    { saga }: LockedSaga,
    input: Input,
    origin: Origin & { cause?: Delivery },
  ): Effects['outcome'] {
    const effects = saga.receive(input, origin);
    const publish: Publish = (definition, payload) =>
      this.outbox.publish(tx, definition, payload, { cause: origin.cause });
    for (const command of effects.commands) commands[command](publish, saga.order);
    if (effects.announcement) announcements[effects.announcement](publish, saga.order, saga.reason);
    return effects.outcome;
  }

  save(tx: Tx, locked: Iterable<LockedSaga>): void {
    const changed = [...locked].filter(({ saga }) => saga.entries.length > 0);
    if (changed.length === 0) return;
    this.rows.save(
      tx,
      changed.map(({ saga }) => saga),
    );
    tx.afterCommit(() => {
      this.feed.changed(changed.map(({ saga }) => saga.order.id));
      this.metrics.advanced(changed);
    });
  }
}
