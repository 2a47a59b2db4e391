import { optionValues, UsageError, whole } from '../support/options.ts';
import { kindsLike } from './kinds/index.ts';

export const usage = `usage: npm run faults -- [--orders N] [--faults M] [--seed S] [--rate R] [--only TEXT] [--report FILE] [--keep]

Starts a whole shop on free ports, with real PostgreSQL and Kafka and two replicas of orders, inventory and payments. While customers place,
repeat, cancel and refund orders, processes, servers, connections, messages, the payment provider and clocks fail.
Then databases, topics and the provider's book are read and compared: nothing may be lost, charged twice or oversold.

--orders N     orders to place; 2000
--faults M     faults to inject, every kind once before any kind twice; 40
--seed S       repeats the faults and orders of an earlier run; default: a new one, printed
--rate R       orders a second; default: such that the orders last as long as the faults
--only TEXT    only kinds of faults whose name contains this: 'kill -9', 'broker', …
--report FILE  writes a report in Markdown
--keep         keeps the data folder, which is kept anyway when a check fails

Exit status: 0 no violation, 1 violations, 2 wrong usage.`;

export interface Options {
  orders: number;
  faults: number;
  seed: number;
  rate: number;
  only: string;
  report: string | undefined;
  keep: boolean;
}

/** The command that does the same again. */
export const commandFor = ({ orders, faults, seed, rate, only }: Options): string =>
  `npm run faults -- --orders ${orders} --faults ${faults} --seed ${seed} --rate ${rate}${only && ` --only '${only}'`}`;

const SECONDS_PER_FAULT = 3.5;
const SWIFT = 250;

export function parseOptions(argv: string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const texts = { orders: text, faults: text, seed: text, rate: text, only: text, report: text };
  const values = optionValues(argv, { ...texts, keep: { type: 'boolean' } });
  if (values.help) return 'help';
  const orders = whole('orders', values.orders ?? '2000', 1, 10_000_000);
  const faults = whole('faults', values.faults ?? '40', 0, 100_000);
  const seed = whole('seed', values.seed ?? String(Math.floor(Math.random() * 1e6)), 0, 2 ** 32 - 1);
  const fitting = Math.min(SWIFT, Math.max(1, Math.ceil(orders / (Math.max(1, faults) * SECONDS_PER_FAULT))));
  if (faults > 0 && kindsLike(values.only ?? '').length === 0)
    throw new UsageError(`no kind of fault has "${values.only}" in its name`);
  const rate = whole('rate', values.rate ?? String(fitting), 1, 10_000);
  return {
    orders,
    faults,
    seed,
    rate,
    only: values.only ?? '',
    report: values.report,
    keep: values.keep ?? false,
  };
}
