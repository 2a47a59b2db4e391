import {
  PaymentAuthorised,
  PaymentCaptured,
  PaymentCaptureFailed,
  PaymentDeclined,
  PaymentRefunded,
  PaymentVoided,
  type MessageDefinition,
} from '@shop/contracts';
import type { Answer } from './moves.ts';
import type { Payment, Refusal } from './payment.ts';

const definitions: Record<Answer, MessageDefinition> = {
  authorised: PaymentAuthorised,
  declined: PaymentDeclined,
  captured: PaymentCaptured,
  'capture-failed': PaymentCaptureFailed,
  voided: PaymentVoided,
  refunded: PaymentRefunded,
};
const gone: Refusal = { code: 'payment/voided', message: 'The payment was voided' };

/** The event for an answer about a payment. */
export function replyOf(
  answer: Answer,
  { id, orderId, amount, refusal }: Payment,
): { definition: MessageDefinition; payload: object } {
  const definition = definitions[answer];
  if (answer === 'voided') return { definition, payload: { orderId } };
  if (answer === 'declined' || answer === 'capture-failed')
    return { definition, payload: { orderId, ...(refusal ?? gone) } };
  return { definition, payload: { orderId, paymentId: id, amount } };
}
