import type { Caller } from '@shop/service-kit';
import { reason } from '../model/vocabulary.ts';
import { problems } from '../orders.errors.ts';
import type { SagaRequest } from '../saga/saga-requests.ts';

/** Possible until the money is about to be taken; the order ends at once, and what it holds is given back. */
export const cancellation = (orderId: string, caller: Caller): SagaRequest => ({
  action: 'cancel-order',
  orderId,
  input: {
    type: 'CancelRequested',
    reason: reason(caller.isAdmin ? 'order/cancelled-by-admin' : 'order/cancelled-by-customer'),
  },
  refusal: problems.notCancellable,
});
