import type { OrderCheck, OrderEvidence } from '../evidence/order-evidence.ts';

type Lines = NonNullable<OrderEvidence['reservation']>['lines'];

/** Confirmed orders have their stock committed, all other orders hold none. */
export const stockFollowsStatus: OrderCheck = ({ order, reservation }) => {
  const sold = order?.status === 'CONFIRMED' || order?.status === 'REFUNDED';
  if (!sold) {
    const holds = reservation?.state === 'COMMITTED' || reservation?.state === 'RESERVED';
    return holds ? `is ${order?.status}, but its stock is ${reservation.state}` : undefined;
  }
  if (reservation?.state !== 'COMMITTED')
    return `is ${order.status}, but its stock is ${reservation?.state ?? 'not there'}`;
  return shown(reservation.lines) === shown(order.lines)
    ? undefined
    : `sells ${shown(order.lines)}, but took ${shown(reservation.lines)}`;
};

const shown = (lines: Lines): string =>
  lines
    .map(({ productId, quantity }) => `${quantity} × ${productId}`)
    .sort()
    .join(', ');

/** The stock of one product. */
export interface StockRow {
  productId: string;
  onHand: number;
  reserved: number;
  /** In orders whose reservation is committed. */
  committed: number;
  /** By its adjustments in the database, and by what was asked for and answered. */
  adjusted: number;
  added: number;
}

/** On hand + sold = all that was ever put there; nothing is reserved any more. */
export function stockAddsUp({ onHand, reserved, committed, adjusted, added }: StockRow): string | undefined {
  if (adjusted !== added) return `${added} units were put there, ${adjusted} were counted`;
  if (reserved !== 0) return `${reserved} units are still reserved`;
  if (onHand < 0 || committed > added) return `of ${added} units ${committed} were sold`;
  return onHand + committed === added
    ? undefined
    : `${onHand} on hand and ${committed} sold do not make ${added}`;
}
