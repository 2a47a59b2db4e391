import type { OrderCheck } from '../evidence/order-evidence.ts';
import * as messages from './messages.ts';
import * as money from './money.ts';
import * as orders from './orders.ts';
import * as stock from './stock.ts';

/** Every check of a single order, with what it promises. */
export const orderChecks: readonly [promise: string, check: OrderCheck][] = [
  ['every accepted order exists and has ended', orders.promisedOrderEnds],
  ['no idempotency key made two orders', orders.oneKeyMakesOneOrder],
  ['accepted cancellations and refunds hold', orders.answersHold],
  ['charged at the provider = confirmed − refunded', money.chargedAsConfirmed],
  ['nothing is charged twice', money.chargedOnce],
  ['refunds give back all', money.refundedInFull],
  ['no money is left held', money.noAuthorisationIsLeft],
  ['captured in the ledger = charged at the provider', money.ledgerAgreesWithProvider],
  ['the ledger sums to zero', money.ledgerBalances],
  ['every payment has come to rest', money.paymentIsAtRest],
  ['committed stock = confirmed orders', stock.stockFollowsStatus],
  ['messages of an order are in order', messages.messagesAreInOrder],
  ['the timeline is in order', messages.storyIsInOrder],
  ['every message took effect once', messages.messagesTookEffectOnce],
  ['every timeline is whole', messages.timelineIsWhole],
  ['no state is entered twice', messages.statesAreEnteredOnce],
];
