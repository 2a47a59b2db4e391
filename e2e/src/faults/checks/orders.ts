import type { OrderCheck } from '../evidence/order-evidence.ts';

const FINAL = new Set(['CONFIRMED', 'REJECTED', 'CANCELLED', 'REFUNDED']);

/** What was promised is there, and has ended. */
export const promisedOrderEnds: OrderCheck = ({ accepted, order, saga }) => {
  if (!order) return 'was accepted and is not in the database';
  if (!FINAL.has(order.status)) return `is ${order.status}${accepted ? '' : ', and nobody was told of it'}`;
  if (!saga) return 'has no saga';
  return saga.state === order.status ? undefined : `is ${order.status}, but its saga is ${saga.state}`;
};

/** One idempotency key, one order. */
export const oneKeyMakesOneOrder: OrderCheck = ({ accepted, order, keys }) => {
  if (!order) return undefined;
  if (keys.length !== 1) return `is the answer to ${keys.length} keys: ${keys.join(', ')}`;
  return accepted && accepted.key !== keys[0]
    ? `was accepted under ${accepted.key}, but is stored under ${keys[0]}`
    : undefined;
};

/** Who was told that an order is cancelled or given back finds it so. */
export const answersHold: OrderCheck = ({ accepted, order }) => {
  if (accepted?.cancelled && order?.status !== 'CANCELLED') return `was cancelled, and is ${order?.status}`;
  if (accepted?.refunded && order?.status !== 'REFUNDED') return `was given back, and is ${order?.status}`;
  return undefined;
};
