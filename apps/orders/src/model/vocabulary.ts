import type { OrderStatus, Reason } from '@shop/contracts';

export type State =
  | 'RESERVING'
  | 'AUTHORISING'
  | 'COMPLETING'
  | 'AWAITING_COMMIT'
  | 'AWAITING_CAPTURE'
  | 'CONFIRMED'
  | 'REFUNDING'
  | 'REFUNDED'
  | 'REJECTED'
  | 'CANCELLED';

/** A step that holds stock or money, and so has something to take back. */
export type Step = 'ReserveStock' | 'CommitStock' | 'AuthorisePayment' | 'CapturePayment';
export type Compensation = 'ReleaseStock' | 'CancelPayment';
export type Command = Step | Compensation | 'RefundPayment';

export const replies = [
  'StockReserved',
  'StockRejected',
  'StockCommitted',
  'StockCommitFailed',
  'StockReleased',
  'ReservationExpired',
  'PaymentAuthorised',
  'PaymentDeclined',
  'PaymentCaptured',
  'PaymentCaptureFailed',
  'PaymentVoided',
  'PaymentRefunded',
  'PaymentAttemptFailed',
] as const;
export const requests = ['CancelRequested', 'RefundRequested'] as const;
export const inputs = [...replies, ...requests, 'DeadlinePassed'] as const;

export type Reply = (typeof replies)[number];
export type InputType = (typeof inputs)[number];

/** What happened; `reason` where the sender knows why. */
export interface Input {
  type: InputType;
  reason?: Reason;
}

/** The configured time limits, one for each kind of waiting. */
export type Limit = 'reserve' | 'authorise' | 'complete' | 'refund';
export type Announcement = 'OrderConfirmed' | 'OrderRejected' | 'OrderCancelled' | 'OrderRefunded';

export interface Transition {
  /** Entering a state, also the same one again, starts its time limit. Without `to` the saga stays, and its time limit runs on. */
  to?: State;
  send?: readonly Command[];
  /** Steps to take back; each is turned into its compensation. */
  undo?: readonly Step[];
  /** The code of a reason, or `given` when the input brings it. */
  because?: ReasonCode | 'given';
}
export type Rule = Transition | 'ignore' | 'refuse';

export interface StateDefinition {
  /** What the customer sees. */
  status: OrderStatus;
  limit?: Limit;
  announce?: Announcement;
  on: Partial<Record<InputType, Rule>>;
}

export const reasons = {
  'stock/insufficient': 'There is not enough stock',
  'stock/reservation-expired': 'The reserved stock was no longer held',
  'order/timed-out': 'A step of the order did not finish in time',
  'order/cancelled-by-customer': 'Cancelled by the customer',
  'order/cancelled-by-admin': 'Cancelled by the shop',
} as const;
export type ReasonCode = keyof typeof reasons;
export const reason = (code: ReasonCode): Reason => ({ code, message: reasons[code] });
