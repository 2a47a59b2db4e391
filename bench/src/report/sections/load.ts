import type { GrowthResult } from '../../scenarios/growth.ts';
import type { OverloadResult } from '../../scenarios/overload.ts';
import type { TracingResult } from '../../scenarios/tracing.ts';
import { fine, whole } from '../figures.ts';
import { answered, browsed } from '../floors.ts';
import { bars, lines } from '../plots.ts';
import { type Section, table } from '../section.ts';

const share = (sampled: number) => (sampled === 0 ? 'off' : `${sampled * 100} %`);

export function tracingSection(results: TracingResult[]): Section {
  const off = results[0]!;
  return {
    title: 'Tracing',
    text: [
      `The same services, restarted with other settings: tracing off, a tenth and all of the traces sampled. A process of its own receives the spans over
OTLP and drops them; its CPU is not in the figures, but it shares the machine. 1.1 × saturation is offered, then 32 callers list products.`,
      table(
        [
          'traces sampled',
          'confirmed orders/s',
          '÷ off',
          'CPU ms/order',
          'product lists/s',
          '÷ off',
          'exported kB',
        ],
        results.map((at) => [
          share(at.sampled),
          whole(at.confirmedPerSecond),
          fine(at.confirmedPerSecond / off.confirmedPerSecond),
          fine(at.cpuPerOrder),
          whole(at.productsPerSecond),
          fine(at.productsPerSecond / off.productsPerSecond),
          whole(at.exportedKB),
        ]),
      ),
      '![Tracing](tracing.svg)',
    ],
    plots: {
      'tracing.svg': bars(
        { title: 'Throughput by share of traces sampled', values: 'per second' },
        results.map((at) => ({
          name: share(at.sampled),
          values: { 'orders confirmed': at.confirmedPerSecond, 'product lists': at.productsPerSecond },
        })),
      ),
    },
  };
}

export function overloadSection(result: OverloadResult): Section {
  const { saturation, rush, mixed, browsingAlone } = result;
  const row = (name: string, run: OverloadResult['saturation']) => [
    name,
    whole(run.rate),
    fine(run.confirmedPerSecond),
    fine(answered(run)),
    whole(run.shed),
    whole(run.failed),
    `${fine(run.toAccepted.p50)} / ${fine(run.toAccepted.p99)}`,
    `${fine(run.toConfirmed.p50)} / ${fine(run.toConfirmed.p99)}`,
  ];
  const { browsing } = mixed;
  return {
    title: 'Overload',
    text: [
      `${whole(saturation.seconds)} s of each: saturation, three times as many orders, and half of saturation while three times as many people browse as the
shop can answer (${whole(browsingAlone)} a second, alone). Whoever is shed gets 503 with Retry-After at once.`,
      table(
        [
          '',
          'orders offered/s',
          'confirmed/s',
          'accepted %',
          'shed',
          'failed',
          '→ 202 p50 / p99 ms',
          '→ CONFIRMED p50 / p99 ms',
        ],
        [row('saturation', saturation), row('3 × saturation', rush), row('half, against browsing', mixed)],
      ),
      `Of browsing, ${fine(browsed(result))} % was answered (${whole(browsing.okPerSecond)} a second, p99 ${fine(browsing.latency.p99)} ms), ${whole(browsing.shed)} requests were shed
and ${whole(browsing.failed)} failed; of the orders beside it, ${fine(answered(mixed))} % were accepted.`,
      '![Overload](overload.svg)',
    ],
    plots: {
      'overload.svg': bars({ title: 'Orders under overload', values: 'orders per second' }, [
        {
          name: 'saturation',
          values: { offered: saturation.rate, confirmed: saturation.confirmedPerSecond },
        },
        { name: '3 × saturation', values: { offered: rush.rate, confirmed: rush.confirmedPerSecond } },
        {
          name: 'half, against browsing',
          values: { offered: mixed.rate, confirmed: mixed.confirmedPerSecond },
        },
      ]),
    },
  };
}

export function growthSection(results: GrowthResult[]): Section {
  const first = results[0]!;
  return {
    title: 'Growth',
    text: [
      `Real orders, with their rows in every table of every database, are copied under earlier ids until so many are stored; then the same load again,
${whole(first.run.rate)} orders/s. The median of the rounds by CPU counts.`,
      table(
        [
          'orders stored',
          'databases MB',
          'CPU ms/order',
          '÷ first',
          'of it PostgreSQL',
          '→ 202 p50 / p99 ms',
          '→ CONFIRMED p50 / p99 ms',
        ],
        results.map(({ stored, megabytes, run }) => [
          whole(stored),
          whole(megabytes),
          fine(run.cpuPerOrderTotal),
          fine(run.cpuPerOrderTotal / first.run.cpuPerOrderTotal),
          fine(run.cpuPerOrder['postgres'] ?? Number.NaN),
          `${fine(run.toAccepted.p50)} / ${fine(run.toAccepted.p99)}`,
          `${fine(run.toConfirmed.p50)} / ${fine(run.toConfirmed.p99)}`,
        ]),
      ),
      '![Growth](growth.svg)',
    ],
    plots: {
      'growth.svg': lines(
        {
          title: 'CPU per order by orders stored',
          across: 'orders stored (log)',
          values: 'milliseconds of CPU per order',
          log: true,
        },
        [
          { name: 'all processes', points: results.map(({ stored, run }) => [stored, run.cpuPerOrderTotal]) },
          {
            name: 'PostgreSQL',
            points: results.map(({ stored, run }) => [stored, run.cpuPerOrder['postgres'] ?? 0]),
          },
        ],
      ),
    },
  };
}
