import type { Money, OrderLine } from '@shop/contracts';

/** What was agreed when the order was placed. It never changes, so the saga can act on it at any time; only the token is forgotten. */
export interface OrderRecord {
  id: string;
  customerId: string;
  lines: OrderLine[];
  total: Money;
  /** Null once the order has ended. */
  paymentToken: string | null;
}
