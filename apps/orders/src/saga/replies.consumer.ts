import { type BatchContext, Consumer, HandlesBatch, PermanentError } from '@shop/messaging';
import { ImpossibleInput } from '../model/decide.ts';
import { readReply, replyDefinitions, type ReplyDelivery } from './replies.ts';
import { SagaProcess } from './saga-process.ts';
import { SagaRows } from './saga-rows.ts';

@Consumer()
export class RepliesConsumer {
  constructor(
    private readonly rows: SagaRows,
    private readonly process: SagaProcess,
  ) {}

  @HandlesBatch(...replyDefinitions)
  async repliesArrived(deliveries: ReplyDelivery[], { tx }: BatchContext): Promise<void> {
    const sagas = await this.rows.lock(tx, [...new Set(deliveries.map(({ payload }) => payload.orderId))]);
    for (const delivery of deliveries) {
      const saga = sagas.get(delivery.payload.orderId);
      if (!saga)
        throw new PermanentError(`there is no order ${delivery.payload.orderId}`, {
          code: 'order/not-found',
        });
      const { input, ...origin } = readReply(delivery);
      try {
        this.process.receive(tx, saga, input, { ...origin, traceId: delivery.traceId, cause: delivery });
      } catch (error) {
        if (error instanceof ImpossibleInput)
          throw new PermanentError(error.message, { cause: error, code: 'order/impossible-input' });
        throw error;
      }
    }
    this.process.save(tx, sagas.values());
  }
}
