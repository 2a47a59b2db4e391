/** What a simulation puts together by itself, over rows in memory. */
export { StockConsumer } from './commands/stock.consumer.ts';
export { StockRows } from './commands/stock-rows.ts';
export { ExpireReservations } from './expiry/expire-reservations.ts';
export type { InventoryConfig } from './inventory.config.ts';
export type { Level, Reservation } from './model/reservation.ts';
