import type { Money, OrderLine } from '@shop/contracts';

/** What was agreed when the order was placed. It never changes, so the saga can act on it at any time. */
export interface OrderRecord {
  id: string;
  customerId: string;
  lines: OrderLine[];
  total: Money;
  paymentToken: string;
}
