import type { Progress } from '@shop/tools';
import { ordersConfirm } from './canary.ts';
import type { Verdict } from './checks/verdict.ts';
import { Databases } from './databases.ts';
import { drawKinds } from './kinds/index.ts';
import type { Field } from './kinds/kind.ts';
import { judge } from './judge.ts';
import { Customers, customerName } from './load/customers.ts';
import { Gateway } from './load/gateway.ts';
import { Load } from './load/load.ts';
import { OrderBook } from './load/order-book.ts';
import { CUSTOMERS } from './load/plan.ts';
import { setStage } from './load/stage.ts';
import { watchEnds } from './load/watch.ts';
import type { Options } from './options.ts';
import { progressLine } from './progress-line.ts';
import { Random } from './random.ts';
import { quietKafka } from './records.ts';
import { settle } from './settle.ts';
import type { FragileShop } from './shop.ts';
import { type Inflicted, Storm } from './storm.ts';
import { pause } from './pause.ts';

export interface Result {
  verdicts: Verdict[];
  inflicted: Inflicted[];
  outcomes: Record<string, number>;
  accepted: number;
  /** Requests that clients sent again. */
  repeats: number;
  seconds: number;
}

/** Places orders while everything fails, waits until all is quiet, and compares all that was written down. */
export async function run(
  fragile: FragileShop,
  options: Options,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const { shop } = fragile;
  const databases = new Databases((name) => shop.databaseUrl(name));
  const gateway = new Gateway(shop.gatewayUrl, signal);
  const book = new OrderBook();
  const kafka = quietKafka(shop.brokers);
  const admin = await shop.token('admin');
  const tokens = await Promise.all(
    Array.from({ length: CUSTOMERS }, (_, index) => shop.token(customerName(index))),
  );
  const watching = new AbortController();
  const watch = watchEnds(databases, book, watching.signal);
  try {
    const stage = await setStage(gateway, admin, options.orders);
    const customers = new Customers(gateway, book, { customer: (index) => tokens[index]!, admin }, signal);
    const load = new Load(customers, stage.shelves, options.seed);
    const field: Field = {
      ...fragile,
      kafka,
      poisoned: new Set(),
      youngest: () => book.youngest,
      pause: pause(signal),
    };
    const perch = {
      gateway,
      databases,
      book,
      token: tokens[0]!,
      customer: customerName(0),
      productId: stage.shelves.ample[0]!,
    };
    const { orders, faults, rate, seed } = options;
    const storm = new Storm({
      field,
      recovered: (until) => ordersConfirm({ ...perch, signal: until }),
      seed,
      everyMs: (orders / rate / Math.max(1, faults)) * 1_000,
      signal,
    });
    const begun = performance.now();
    const pace = {
      orders,
      rate,
      allowed: () => (faults === 0 ? orders : Math.ceil((orders * (storm.begun + 1)) / faults)),
    };
    await progress.step('Orders', async (note) => {
      const telling = setInterval(() => note(progressLine({ book, load, storm, begun })), 500);
      try {
        await Promise.all([load.run(pace, signal), storm.run(drawKinds(new Random(seed), faults))]);
      } finally {
        clearInterval(telling);
        note(progressLine({ book, load, storm, begun }));
      }
    });
    const seconds = (performance.now() - begun) / 1_000;
    const open = await settle({ databases, kafka, book, load, progress, signal });
    const { verdicts, outcomes } = await judge({
      shop,
      databases,
      kafka,
      book,
      load,
      storm,
      stage,
      poisoned: field.poisoned,
      open,
      progress,
    });
    const { inflicted } = storm;
    return {
      verdicts,
      inflicted,
      outcomes,
      accepted: book.accepted.size,
      repeats: gateway.repeats,
      seconds,
    };
  } finally {
    watching.abort();
    await Promise.allSettled([watch, gateway.close(), databases.close()]);
  }
}
