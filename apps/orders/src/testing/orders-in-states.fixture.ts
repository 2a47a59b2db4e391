import { newId, type Order } from '@shop/contracts';
import { euros } from '@shop/testing';
import type { Reply, State } from '../model/vocabulary.ts';
import type { ProductState } from '../price-copy/products.ts';
import { aReply } from './deliveries.fixture.ts';
import type { RunningOrders } from './running-orders.fixture.ts';

export const aProductState = (given: Partial<ProductState> = {}): ProductState => ({
  productId: newId(),
  sku: 'MUG-01',
  name: 'Enamel mug',
  price: euros(1999),
  version: 1,
  ...given,
});

const authorised: Reply[] = ['StockReserved', 'PaymentAuthorised'];
const confirmed: Reply[] = [...authorised, 'PaymentCaptured', 'StockCommitted'];
const repliesOnTheWay: Record<State, Reply[]> = {
  RESERVING: [],
  AUTHORISING: ['StockReserved'],
  COMPLETING: authorised,
  AWAITING_COMMIT: [...authorised, 'PaymentCaptured'],
  AWAITING_CAPTURE: [...authorised, 'StockCommitted'],
  CONFIRMED: confirmed,
  REFUNDING: confirmed,
  REFUNDED: confirmed,
  REJECTED: ['StockRejected'],
  CANCELLED: [],
};

/** An order of two mugs that went the usual way to a state, one reply at a time. */
export async function anOrderIn(state: State, orders: RunningOrders): Promise<Order> {
  const mug = aProductState();
  await orders.know(mug);
  const { body: order } = await orders.place({ lines: [{ productId: mug.productId, quantity: 2 }] });
  for (const reply of repliesOnTheWay[state]) await orders.hear(aReply(reply, order.id));
  if (state === 'CANCELLED') await orders.ask(`/v1/orders/${order.id}/cancel`, { method: 'POST' });
  if (state === 'REFUNDING' || state === 'REFUNDED') {
    await orders.ask(`/v1/admin/orders/${order.id}/refund`, { as: 'admin', method: 'POST' });
  }
  if (state === 'REFUNDED') await orders.hear(aReply('PaymentRefunded', order.id));
  return order;
}

export async function stateOf(orders: RunningOrders, id: string): Promise<string> {
  const [row] = await orders.rows<{ state: string }>('SELECT state FROM order_sagas WHERE order_id = $1', [
    id,
  ]);
  return row!.state;
}
