import type { OrderEvidence, TimelineRow, TopicMessage } from '../evidence/order-evidence.ts';

const told: [service: string, type: string, state?: string][] = [
  ['orders', 'OrderPlaced', 'RESERVING'],
  ['orders', 'ReserveStock'],
  ['inventory', 'StockReserved', 'AUTHORISING'],
  ['orders', 'AuthorisePayment'],
  ['payments', 'PaymentAuthorised', 'COMPLETING'],
  ['orders', 'CapturePayment'],
  ['orders', 'CommitStock'],
  ['inventory', 'StockCommitted', 'AWAITING_CAPTURE'],
  ['payments', 'PaymentCaptured', 'CONFIRMED'],
  ['orders', 'OrderConfirmed'],
];

export const entries = (...list: [service: string, type: string, state?: string][]): TimelineRow[] =>
  list.map(([service, type, state = null], index) => ({ seq: index + 1, service, type, state }));

export const sent = (...types: string[]): TopicMessage[] => types.map((type, id) => ({ type, id }));

const lines = [{ productId: 'mug', quantity: 2 }];

/** A confirmed order with which everything is right. */
export const aConfirmedOrder = (given: Partial<OrderEvidence> = {}): OrderEvidence => ({
  id: 'order-1',
  accepted: { id: 'order-1', key: 'place-1', customer: 'faults-1', cancelled: false, refunded: false },
  order: { status: 'CONFIRMED', total: 1999, lines },
  saga: { state: 'CONFIRMED', seq: told.length },
  timeline: entries(...told),
  keys: ['place-1'],
  reservation: { state: 'COMMITTED', lines },
  payments: [{ state: 'CAPTURED', amount: 1999 }],
  ledger: [
    { kind: 'capture', account: 'psp', amount: 1999 },
    { kind: 'capture', account: 'sales', amount: -1999 },
  ],
  charges: [aCharge()],
  messages: sent(...told.slice(1).map(([, type]) => type)),
  ...given,
});

export const aCharge = (state = 'captured', amount = 1999) => ({
  reference: 'order-1',
  amount: { amount },
  state,
  capturedAt: state === 'captured' || state === 'refunded' ? '2030-01-01T00:00:00.000Z' : null,
});
