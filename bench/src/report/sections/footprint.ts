import type { FootprintResult } from '../../scenarios/footprint.ts';
import type { GeneratorResult } from '../../scenarios/generator.ts';
import { fine, whole } from '../figures.ts';
import { bars } from '../plots.ts';
import { type Section, table } from '../section.ts';

export function footprintSection({
  readySeconds,
  firstOrderSeconds,
  atRest,
  loaded,
  sizes,
}: FootprintResult): Section {
  const sum = (memory: FootprintResult['loaded'], field: 'rss' | 'pss') =>
    memory.reduce((total, one) => total + one[field], 0);
  return {
    title: 'Start and footprint',
    text: [
      `A second start on the data and caches of an earlier run: every service ready after **${fine(readySeconds)} s**, the first order CONFIRMED after
**${fine(firstOrderSeconds)} s**. Resident memory in MB (2²⁰ bytes), at rest and after 50 orders/s; PSS divides shared memory among those that share it,
PostgreSQL is the sum of all its processes.`,
      table(
        ['', 'RSS at rest', 'PSS at rest', 'RSS loaded', 'PSS loaded'],
        [
          ...loaded.map(({ name, rss, pss }, index) => [
            name,
            whole(atRest[index]?.rss ?? Number.NaN),
            whole(atRest[index]?.pss ?? Number.NaN),
            whole(rss),
            whole(pss),
          ]),
          ['**all**', '', whole(sum(atRest, 'pss')), '', `**${whole(sum(loaded, 'pss'))}**`],
        ],
      ),
      '![Memory](memory.svg)',
      'On disk, without any image:',
      table(
        ['', 'MB'],
        Object.entries(sizes).map(([name, megabytes]) => [name, fine(megabytes)]),
      ),
    ],
    plots: {
      'memory.svg': bars(
        { title: 'Resident memory', values: 'MB' },
        loaded.map(({ name, rss, pss }) => ({
          name: name.replace('psp-sandbox', 'psp').replace('notifications', 'notif.'),
          values: { RSS: rss, PSS: pss },
        })),
      ),
    },
  };
}

export function generatorSection({ open, closed }: GeneratorResult): Section {
  return {
    title: 'The load generator itself',
    text: [
      `One process, apart from what it measures, against a server that does nothing: ${whole(closed)} requests/s from 32 callers in a closed loop. In an open loop:`,
      table(
        ['requests/s', 'answered/s', 'lag p50 ms', 'lag p99 ms', 'its own cores'],
        open.map(({ rate, answeredPerSecond, lag, cores }) => [
          whole(rate),
          whole(answeredPerSecond),
          fine(lag.p50),
          fine(lag.p99),
          fine(cores),
        ]),
      ),
      'Lag is how much later than intended a request was sent. Latencies count from the intended time, so they contain it.',
    ],
    plots: {},
  };
}
