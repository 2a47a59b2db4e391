import { problems } from '../orders.errors.ts';
import type { SagaRequest } from '../saga/saga-requests.ts';

/**
 * Gives the money of a confirmed order back; goods that return are booked as a stock adjustment.
 * Asking again while it runs or once it is done changes nothing and is accepted.
 */
export const refund = (orderId: string): SagaRequest => ({
  action: 'refund-order',
  orderId,
  input: { type: 'RefundRequested' },
  refusal: problems.notRefundable,
});
