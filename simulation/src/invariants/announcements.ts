import { topics } from '@shop/contracts';
import type { Simulation } from '../schedule/simulation.ts';
import { orderName } from '../shop/names.ts';
import { nameOf } from '../transport/message.ts';

const announced: Record<string, string[]> = {
  CONFIRMED: ['OrderConfirmed'],
  REFUNDED: ['OrderConfirmed', 'OrderRefunded'],
  REJECTED: ['OrderRejected'],
  CANCELLED: ['OrderCancelled'],
};

/** The world was told how each order ended: once, and in that order. */
export function checkAnnouncements(sim: Simulation): void {
  const log = sim.shop.broker.topic(topics.ordersEvents).flatMap((partition) => partition.log);
  for (const { order, status } of sim.shop.orders.rows.rows.values()) {
    const seen = new Map(
      log.filter(({ key }) => key === order.id).map((message) => [message.id, nameOf(message)]),
    );
    const told = [...seen.values()];
    if (told.join() !== announced[status]?.join())
      sim.violate(
        `order ${orderName(order.id)} is ${status}, and the world was told ${told.join(', ') || 'nothing'}`,
      );
  }
}
