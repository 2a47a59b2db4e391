import type { CheckoutRun } from '../../measure/checkout-load.ts';
import type { CheckoutResult, Side } from '../../scenarios/checkout.ts';
import { path, sumOfHops } from '../../scenarios/hops.ts';
import { fine, whole } from '../figures.ts';
import { bars, lines, stacks } from '../plots.ts';
import { type Section, table } from '../section.ts';

const at = ({ rate }: CheckoutRun) => `${rate}/s`;
const both = ({ p50, p99 }: { p50: number; p99: number }) => `${fine(p50)} / ${fine(p99)}`;

export function checkoutSection({ shop, bare, hops }: CheckoutResult): Section {
  const runs = ({ saturation, fifth, fixed }: Side) =>
    [...fixed, fifth, saturation].toSorted((a, b) => a.rate - b.rate);
  const rows = (name: string, side: Side) =>
    runs(side).map((run) => [
      `${name}, ${whole(run.rate)} offered${run === side.saturation ? ' (saturation)' : ''}`,
      fine(run.confirmedPerSecond),
      String(run.shed + run.failed),
      both(run.toAccepted),
      both(run.toConfirmed),
      fine(run.cpuPerOrderTotal),
      fine(run.generator.cores),
      fine(run.generator.lag.p99),
      fine(run.foreignCores),
    ]);
  const names = [
    ...new Set([...Object.keys(shop.saturation.cpuPerOrder), ...Object.keys(bare.saturation.cpuPerOrder)]),
  ];
  return {
    title: 'Checkout: the shop and a bare pipeline',
    text: [
      `Orders of two lines from 100 customers for 150 products arrive at a constant rate, whether or not earlier ones are done; latency counts from
the moment at which an order was meant to be sent. What became of them is read from the database in one query afterwards, so nothing is
polled. The [bare pipeline](../../bench/src/bare) makes the same writes, messages (nine an order) and calls to a payment provider in the same six
processes, with plain pg, kafkajs and Fastify: no framework, validation, authentication, tracing, retry or recovery. Both run one after the other
on the same PostgreSQL (commits reach the disk) and Kafka, under the same limits on memory. Saturation is found by raising the rate until more
orders offered no longer means more orders confirmed; the figure is what was confirmed a second while 1.1 × that was offered, without the
first third, which fills the pipeline, and without the drain.`,
      table(
        [
          '',
          'confirmed/s',
          'shed or failed',
          '→ 202 p50 / p99 ms',
          '→ CONFIRMED p50 / p99 ms',
          'CPU ms/order',
          'generator cores',
          'its lag p99 ms',
          'others’ cores',
        ],
        [...rows('shop', shop), ...rows('bare', bare)],
      ),
      '![Confirmed against offered](checkout-saturation.svg)',
      '![Latency](checkout-latency.svg)',
      'Milliseconds of CPU per confirmed order by process, until the last order of a run was confirmed:',
      table(
        ['', ...names.map(String)],
        [...runs(shop).map((run) => ['shop', run]), ...runs(bare).map((run) => ['bare', run])].map(
          ([side, run]) => [
            `${side as string}, ${at(run as CheckoutRun)}`,
            ...names.map((name) => fine((run as CheckoutRun).cpuPerOrder[name] ?? 0)),
          ],
        ),
      ),
      '![CPU per order](checkout-cpu.svg)',
      `The sum of raw hops, measured alone: ${path.http} HTTP requests of ${fine(hops.http)} ms, ${path.kafka} messages through Kafka of ${fine(hops.kafka)} ms and
${path.commit} commits of ${fine(hops.commit)} ms make **${fine(sumOfHops(hops))} ms** from place to CONFIRMED, in either pipeline, before any work. At
${shop.fifth.rate} orders/s the bare pipeline's median is ${fine(bare.fifth.toConfirmed.p50)} ms and the shop's ${fine(shop.fifth.toConfirmed.p50)} ms.`,
    ],
    plots: {
      'checkout-saturation.svg': lines(
        {
          title: 'Confirmed against offered',
          across: 'orders offered per second',
          values: 'orders confirmed per second',
        },
        [series('shop', shop), series('bare pipeline', bare)],
      ),
      'checkout-latency.svg': bars(
        { title: 'Place → CONFIRMED below saturation', values: 'milliseconds' },
        [...shop.fixed, shop.fifth]
          .toSorted((a, b) => a.rate - b.rate)
          .map((run) => ({
            name: at(run),
            values: { ...quantile('shop', run), ...quantile('bare', sameRate(bare, run)) },
          })),
      ),
      'checkout-cpu.svg': stacks(
        { title: 'CPU per confirmed order', values: 'milliseconds of CPU per order' },
        [
          { name: `shop, ${at(shop.saturation)}`, values: shop.saturation.cpuPerOrder },
          { name: `bare, ${at(bare.saturation)}`, values: bare.saturation.cpuPerOrder },
          { name: `shop, ${at(shop.fifth)}`, values: shop.fifth.cpuPerOrder },
          { name: `bare, ${at(bare.fifth)}`, values: bare.fifth.cpuPerOrder },
        ],
      ),
    },
  };
}

const series = (name: string, { steps, saturation }: Side) => ({
  name,
  points: [...steps, saturation]
    .toSorted((a, b) => a.rate - b.rate)
    .map((run): [number, number] => [run.rate, run.confirmedPerSecond]),
});

const sameRate = ({ fixed, fifth }: Side, { rate }: CheckoutRun) =>
  [...fixed, fifth].find((run) => run.rate === rate);

const quantile = (name: string, run: CheckoutRun | undefined): Record<string, number> =>
  run ? { [`${name} p50`]: run.toConfirmed.p50, [`${name} p99`]: run.toConfirmed.p99 } : {};
