import { cancel, ignore, ignoreRepeats, refuse, reject } from './rules.ts';
import type { Compensation, State, StateDefinition, Step } from './vocabulary.ts';

/** Each step that holds stock or money, and beside it what takes it back, however far it got (ADR 12). */
export const compensations: Record<Step, Compensation> = {
  ReserveStock: 'ReleaseStock',
  CommitStock: 'ReleaseStock',
  AuthorisePayment: 'CancelPayment',
  CapturePayment: 'CancelPayment',
};

/** Placing an order enters this state and sends this command. */
export const start = { state: 'RESERVING', send: 'ReserveStock' } as const satisfies {
  state: State;
  send: Step;
};

/**
 * How an order runs: state × input → what happens. A pair that is not here cannot occur, and throws.
 * An early end names the steps that it takes back.
 */
export const saga: Record<State, StateDefinition> = {
  RESERVING: {
    status: 'PENDING',
    limit: 'reserve',
    on: {
      StockReserved: { to: 'AUTHORISING', send: ['AuthorisePayment'] },
      StockRejected: reject('stock/insufficient'),
      ReservationExpired: reject('stock/reservation-expired', 'ReserveStock'),
      DeadlinePassed: reject('order/timed-out', 'ReserveStock'),
      CancelRequested: cancel('ReserveStock'),
      ...refuse('RefundRequested'),
    },
  },
  AUTHORISING: {
    status: 'PENDING',
    limit: 'authorise',
    on: {
      PaymentAuthorised: { to: 'COMPLETING', send: ['CapturePayment', 'CommitStock'] },
      PaymentDeclined: reject('given', 'ReserveStock'),
      // The authorisation has lapsed, and this overtook its answer, which is still to come.
      PaymentCaptureFailed: reject('given', 'ReserveStock', 'AuthorisePayment'),
      ReservationExpired: reject('stock/reservation-expired', 'ReserveStock', 'AuthorisePayment'),
      DeadlinePassed: reject('order/timed-out', 'ReserveStock', 'AuthorisePayment'),
      CancelRequested: cancel('ReserveStock', 'AuthorisePayment'),
      ...refuse('RefundRequested'),
      ...ignore('StockReserved', 'PaymentAttemptFailed'),
    },
  },
  COMPLETING: {
    status: 'PENDING',
    limit: 'complete',
    on: {
      PaymentCaptured: { to: 'AWAITING_COMMIT' },
      StockCommitted: { to: 'AWAITING_CAPTURE' },
      PaymentCaptureFailed: reject('given', 'CommitStock', 'CapturePayment'),
      StockCommitFailed: reject('stock/reservation-expired', 'CommitStock', 'CapturePayment'),
      ReservationExpired: reject('stock/reservation-expired', 'CommitStock', 'CapturePayment'),
      DeadlinePassed: reject('order/timed-out', 'CommitStock', 'CapturePayment'),
      ...refuse('CancelRequested', 'RefundRequested'),
      ...ignore('StockReserved', 'PaymentAuthorised', 'PaymentAttemptFailed'),
    },
  },
  AWAITING_COMMIT: {
    status: 'PENDING',
    limit: 'complete',
    on: {
      StockCommitted: { to: 'CONFIRMED' },
      StockCommitFailed: reject('stock/reservation-expired', 'CommitStock', 'CapturePayment'),
      ReservationExpired: reject('stock/reservation-expired', 'CommitStock', 'CapturePayment'),
      DeadlinePassed: reject('order/timed-out', 'CommitStock', 'CapturePayment'),
      ...refuse('CancelRequested', 'RefundRequested'),
      ...ignore('StockReserved', 'PaymentAuthorised', 'PaymentCaptured', 'PaymentAttemptFailed'),
    },
  },
  AWAITING_CAPTURE: {
    status: 'PENDING',
    limit: 'complete',
    on: {
      PaymentCaptured: { to: 'CONFIRMED' },
      PaymentCaptureFailed: reject('given', 'CommitStock', 'CapturePayment'),
      DeadlinePassed: reject('order/timed-out', 'CommitStock', 'CapturePayment'),
      ...refuse('CancelRequested', 'RefundRequested'),
      ...ignore('StockReserved', 'StockCommitted', 'PaymentAuthorised', 'PaymentAttemptFailed'),
    },
  },
  CONFIRMED: {
    status: 'CONFIRMED',
    announce: 'OrderConfirmed',
    on: {
      RefundRequested: { to: 'REFUNDING', send: ['RefundPayment'] },
      ...refuse('CancelRequested'),
      ...ignoreRepeats(),
    },
  },
  REFUNDING: {
    status: 'CONFIRMED',
    limit: 'refund',
    on: {
      PaymentRefunded: { to: 'REFUNDED' },
      // A person waits for this money: the step is repeated until it is done.
      DeadlinePassed: { to: 'REFUNDING', send: ['RefundPayment'] },
      ...refuse('CancelRequested'),
      ...ignore('RefundRequested'),
      ...ignoreRepeats(),
    },
  },
  REFUNDED: {
    status: 'REFUNDED',
    announce: 'OrderRefunded',
    on: {
      ...refuse('CancelRequested'),
      ...ignore('RefundRequested', 'PaymentRefunded'),
      ...ignoreRepeats(),
    },
  },
  REJECTED: { status: 'REJECTED', announce: 'OrderRejected', on: afterAnEarlyEnd() },
  CANCELLED: { status: 'CANCELLED', announce: 'OrderCancelled', on: afterAnEarlyEnd() },
};

/** Steps may still succeed after the order has ended; whatever they then hold is taken back. */
function afterAnEarlyEnd(): StateDefinition['on'] {
  return {
    StockReserved: { undo: ['ReserveStock'] },
    StockCommitted: { undo: ['CommitStock'] },
    PaymentAuthorised: { undo: ['AuthorisePayment'] },
    PaymentCaptured: { undo: ['CapturePayment'] },
    ...refuse('CancelRequested', 'RefundRequested'),
    ...ignore('StockRejected', 'StockCommitFailed', 'StockReleased', 'ReservationExpired'),
    ...ignore('PaymentDeclined', 'PaymentCaptureFailed', 'PaymentAttemptFailed'),
    ...ignore('PaymentVoided', 'PaymentRefunded'),
  };
}
