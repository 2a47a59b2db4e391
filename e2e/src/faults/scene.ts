import type { Progress } from '@shop/tools';
import type { Kafka } from 'kafkajs';
import { Databases } from './databases.ts';
import { customerName } from './load/customers.ts';
import { Gateway } from './load/gateway.ts';
import { OrderBook } from './load/order-book.ts';
import { CUSTOMERS } from './load/plan.ts';
import { watchEnds } from './load/watch.ts';
import type { Options } from './options.ts';
import { quietKafka } from './records.ts';
import type { FragileShop } from './shop.ts';

/** All that a run works with. */
export interface Scene extends FragileShop {
  options: Options;
  progress: Progress;
  /** Gives the run up. */
  signal: AbortSignal;
  databases: Databases;
  gateway: Gateway;
  kafka: Kafka;
  book: OrderBook;
  tokens: { admin: string; customers: readonly string[] };
  /** Ends what watches the shop, before the shop is stopped. */
  leave(): Promise<void>;
}

/** Opens the ways into a shop that runs, by its API and past it. */
export async function openScene(
  fragile: FragileShop,
  options: Options,
  progress: Progress,
  signal: AbortSignal,
): Promise<Scene> {
  const { shop } = fragile;
  const names = Array.from({ length: CUSTOMERS }, (_, index) => customerName(index));
  const tokens = {
    admin: await shop.token('admin'),
    customers: await Promise.all(names.map((name) => shop.token(name))),
  };
  const databases = new Databases((name) => shop.databaseUrl(name));
  const gateway = new Gateway(shop.gatewayUrl, signal);
  const book = new OrderBook();
  const watching = new AbortController();
  const watch = watchEnds(databases, book, watching.signal);
  const leave = async () => {
    watching.abort();
    await Promise.allSettled([watch, gateway.close(), databases.close()]);
  };
  const kafka = quietKafka(shop.brokers);
  return { ...fragile, options, progress, signal, databases, gateway, kafka, book, tokens, leave };
}
