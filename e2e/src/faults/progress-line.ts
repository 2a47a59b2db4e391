import type { Load } from './load/load.ts';
import type { OrderBook } from './load/order-book.ts';
import type { Storm } from './storm.ts';

interface Scene {
  book: OrderBook;
  load: Load;
  storm: Storm;
  /** Of `performance.now()`. */
  begun: number;
}

/** `1,204 placed, 1,180 ended, 14/s · fault 12: kill -9 orders`. */
export function progressLine({ book, storm, begun }: Scene): string {
  const rate = book.accepted.size / ((performance.now() - begun) / 1_000);
  const orders = `${inDigits(book.accepted.size)} placed, ${inDigits(book.ended)} ended, ${rate.toFixed(0)}/s`;
  return [
    orders,
    `fault ${storm.begun}${storm.raging.length > 0 ? ': ' : ''}${storm.raging.join(', ')}`,
  ].join(' · ');
}

export const inDigits = (value: number): string => value.toLocaleString('en');
