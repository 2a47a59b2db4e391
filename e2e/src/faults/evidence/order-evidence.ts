import type { AcceptedOrder } from '../load/order-book.ts';

/** A message as its topic holds it; one that is there twice appears twice. */
export interface TopicMessage {
  /** The last word of its type in the timeline's spelling: `StockReserved`. */
  type: string;
  /** Enough of its id to tell messages of one order apart. */
  id: number;
}

export interface TimelineRow {
  seq: number;
  service: string;
  type: string;
  /** The state that was entered, if one was. */
  state: string | null;
}

/** What the payment provider's own book says. */
export interface Charge {
  reference: string;
  amount: { amount: number };
  state: string;
  capturedAt: string | null;
}

/** All that is known of one order, from everywhere. */
export interface OrderEvidence {
  id: string;
  /** What the client was promised, if it was. */
  accepted: AcceptedOrder | undefined;
  order: { status: string; total: number; lines: { productId: string; quantity: number }[] } | undefined;
  saga: { state: string; seq: number } | undefined;
  timeline: TimelineRow[];
  /** The idempotency keys under which this order is the answer. */
  keys: string[];
  reservation: { state: string; lines: { productId: string; quantity: number }[] } | undefined;
  payments: { state: string; amount: number | null }[];
  ledger: { kind: string; account: string; amount: number }[];
  charges: Charge[];
  /** By topic, in the topic's order. */
  messages: TopicMessage[];
}

/** Names what is wrong with an order; nothing, mostly. */
export type OrderCheck = (evidence: OrderEvidence) => string | undefined;
