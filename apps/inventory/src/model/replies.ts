import {
  ReservationExpired,
  StockCommitFailed,
  StockCommitted,
  StockRejected,
  StockReleased,
  StockReserved,
  type MessageDefinition,
  type PayloadOf,
} from '@shop/contracts';
import type { Reservation, Shortage } from './reservation.ts';

/** An event to publish. */
export interface Reply {
  definition: MessageDefinition;
  payload: unknown;
}

const reply = <D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Reply => ({
  definition,
  payload,
});

export const reserved = (orderId: string) => reply(StockReserved, { orderId });
export const rejected = (orderId: string, shortages: Shortage[]) =>
  reply(StockRejected, { orderId, shortages });
export const committed = (orderId: string) => reply(StockCommitted, { orderId });
export const commitFailed = (orderId: string, reason: string) =>
  reply(StockCommitFailed, { orderId, reason });
export const released = (orderId: string, held: Reservation['held']) =>
  reply(StockReleased, { orderId, held });
export const expired = (orderId: string) => reply(ReservationExpired, { orderId });
