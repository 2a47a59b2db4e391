import { Inject } from '@nestjs/common';
import { AuthorisePayment, CancelPayment, CapturePayment, RefundPayment } from '@shop/contracts';
import {
  Consumer,
  HandlesBatch,
  Outbox,
  PermanentError,
  type BatchContext,
  type DeliveryOf,
} from '@shop/messaging';
import { CallWorker } from '../calls/call-worker.ts';
import type { Call } from '../calls/call.ts';
import type { Command } from '../model/moves.ts';
import { WrongCommand } from '../model/payment.ts';
import { replyOf } from '../model/replies.ts';
import { paymentsSettings, type PaymentsConfig } from '../payments.config.ts';
import { PaymentBatch } from './payment-batch.ts';
import { PaymentRows } from './payment-rows.ts';

const definitions = [AuthorisePayment, CapturePayment, CancelPayment, RefundPayment] as const;
type Delivery = DeliveryOf<typeof definitions>;

const commandOf: Record<Delivery['type'], Command> = {
  [AuthorisePayment.type]: 'authorise',
  [CapturePayment.type]: 'capture',
  [CancelPayment.type]: 'cancel',
  [RefundPayment.type]: 'refund',
};

/** Records what is wanted, and which call to the provider that needs; the call itself is made later, by the worker. */
@Consumer()
export class PaymentsConsumer {
  constructor(
    private readonly rows: PaymentRows,
    private readonly outbox: Outbox,
    private readonly worker: CallWorker,
    @Inject(paymentsSettings) private readonly settings: Pick<PaymentsConfig, 'PSP'>,
  ) {}

  @HandlesBatch(...definitions)
  async carryOut(deliveries: Delivery[], { tx }: BatchContext): Promise<void> {
    const orderIds = deliveries.map(({ payload }) => payload.orderId);
    const batch = new PaymentBatch(await this.rows.lock(tx, orderIds), this.settings.PSP);
    for (const delivery of deliveries) {
      const { payment, say } = obey(batch, delivery);
      if (!say) continue;
      const { definition, payload } = replyOf(say, payment);
      this.outbox.publish(tx, definition, payload, { cause: delivery });
    }
    const changes = batch.changes();
    if (changes.length === 0) return;
    let calls: Call[] = [];
    this.rows.write(tx, changes, this.worker.claimant, (opened) => (calls = opened));
    tx.afterCommit(() => this.worker.accept(calls));
  }
}

function obey(
  batch: PaymentBatch,
  { type, payload, carrier }: Delivery,
): ReturnType<PaymentBatch['carryOut']> {
  try {
    return batch.carryOut(commandOf[type], payload, carrier);
  } catch (error) {
    if (error instanceof WrongCommand)
      throw new PermanentError(error.message, { cause: error, code: 'payment/wrong-command' });
    throw error;
  }
}
