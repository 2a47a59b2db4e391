import type { Delivery } from '@shop/messaging';

/** A message from the outbox to its last copy. */
export interface Message {
  id: string;
  topic: string;
  type: string;
  key: string;
  payload: unknown;
  source: string;
}

const time = new Date(0);

export const deliveryOf = ({ id, type, key, payload, source }: Message): Delivery => ({
  id,
  type,
  key,
  time,
  source,
  payload: payload as never,
  traceId: '',
  carrier: {},
  attempt: 1,
});

/** `ReserveStock` for `shop.inventory.reserve-stock.v1`. */
export const nameOf = ({ type }: Pick<Message, 'type'>): string =>
  type
    .split('.')[2]!
    .split('-')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');
