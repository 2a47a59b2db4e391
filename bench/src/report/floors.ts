import type { CatalogueResult, Kind, Target } from '../scenarios/catalogue.ts';
import type { OverloadResult } from '../scenarios/overload.ts';
import { fine, whole } from './figures.ts';
import type { Results } from './results.ts';

/** A promise in figures. */
export interface Floor {
  title: string;
  measured: number;
  /** How the figure is written. */
  unit: '' | 'ms' | '/s' | 's' | 'MB' | '%';
  atLeast?: number;
  atMost?: number;
  /** What the figure is made of. */
  from: string;
}

export const met = ({ measured, atLeast = -Infinity, atMost = Infinity }: Floor): boolean =>
  measured >= atLeast && measured <= atMost;

/** All floors whose scenario was measured. */
export const floorsOf = (results: Results): Floor[] => [
  ...checkoutFloors(results),
  ...catalogueFloors(results),
  ...tracingFloors(results),
  ...overloadFloors(results),
  ...growthFloors(results),
  ...footprintFloors(results),
];

function checkoutFloors({ checkout }: Results): Floor[] {
  if (!checkout) return [];
  const { shop, bare } = checkout;
  const [ours, theirs] = [shop.saturation, bare.saturation];
  const fifty = shop.fixed.find(({ rate }) => rate === 50);
  const load = `${shop.fifth.rate} orders/s`;
  return [
    {
      title: 'Confirmed orders/s, of the bare pipeline',
      measured: ours.confirmedPerSecond / theirs.confirmedPerSecond,
      unit: '',
      atLeast: 0.6,
      from: `${whole(ours.confirmedPerSecond)} of ${whole(theirs.confirmedPerSecond)}`,
    },
    {
      title: 'Confirmed orders/s at saturation',
      measured: ours.confirmedPerSecond,
      unit: '/s',
      atLeast: 1_000,
      from: `${whole(ours.rate)} offered`,
    },
    {
      title: 'CPU per order at saturation',
      measured: ours.cpuPerOrderTotal,
      unit: 'ms',
      atMost: 2,
      from: `all processes; bare ${fine(theirs.cpuPerOrderTotal)} ms`,
    },
    ...(fifty
      ? [
          {
            title: 'CPU per order at 50 orders/s',
            measured: fifty.cpuPerOrderTotal,
            unit: 'ms' as const,
            atMost: 10,
            from: `bare ${fine(bare.fixed.find(({ rate }) => rate === 50)?.cpuPerOrderTotal ?? Number.NaN)} ms`,
          },
        ]
      : []),
    {
      title: 'Place → CONFIRMED at 20 % load, p50, of bare',
      measured: shop.fifth.toConfirmed.p50 / bare.fifth.toConfirmed.p50,
      unit: '',
      atMost: 1.5,
      from: `${fine(shop.fifth.toConfirmed.p50)} ms of ${fine(bare.fifth.toConfirmed.p50)} ms, ${load}`,
    },
    {
      title: 'Place → CONFIRMED at 20 % load, p50',
      measured: shop.fifth.toConfirmed.p50,
      unit: 'ms',
      atMost: 25,
      from: load,
    },
    {
      title: 'Place → CONFIRMED at 20 % load, p99',
      measured: shop.fifth.toConfirmed.p99,
      unit: 'ms',
      atMost: 100,
      from: load,
    },
  ];
}

function catalogueFloors({ catalogue }: Results): Floor[] {
  if (!catalogue) return [];
  const floor = (target: Target, title: string, atLeast: number): Floor => {
    const { ratio, kind, products } = worst(catalogue, target);
    const from = `worst of all: ${kind}, ${products.toLocaleString('en')} products`;
    return { title, measured: ratio, unit: '', atLeast, from };
  };
  return [
    floor('direct', 'Catalogue alone, of bare Fastify + pg', 0.85),
    floor('gateway', 'Catalogue through the gateway, of bare', 0.45),
  ];
}

/** Where a target reaches least of what the bare catalogue does. */
function worst(catalogue: CatalogueResult[], target: Target) {
  const all = catalogue.flatMap(({ products, answers }) =>
    Object.entries(answers).map(([kind, by]) => ({
      products,
      kind: kind as Kind,
      ratio: by[target].okPerSecond / by.bare.okPerSecond,
    })),
  );
  return all.reduce((least, one) => (one.ratio < least.ratio ? one : least));
}

function tracingFloors({ tracing }: Results): Floor[] {
  const off = tracing?.find(({ sampled }) => sampled === 0);
  const wanted = new Map([
    [0.1, 0.9],
    [1, 0.8],
  ]);
  return (tracing ?? []).flatMap(({ sampled, confirmedPerSecond }) => {
    const atLeast = wanted.get(sampled);
    if (!off || !atLeast) return [];
    return {
      title: `Tracing ${sampled * 100} % of off`,
      measured: confirmedPerSecond / off.confirmedPerSecond,
      unit: '' as const,
      atLeast,
      from: `${whole(confirmedPerSecond)} of ${whole(off.confirmedPerSecond)} orders/s`,
    };
  });
}

function overloadFloors({ overload }: Results): Floor[] {
  if (!overload) return [];
  const { saturation, rush, mixed } = overload;
  return [
    {
      title: 'Goodput at 3 × saturation',
      measured: rush.confirmedPerSecond / saturation.confirmedPerSecond,
      unit: '',
      atLeast: 0.8,
      from: `${whole(rush.confirmedPerSecond)} of ${whole(saturation.confirmedPerSecond)} orders/s`,
    },
    {
      title: 'Checkout answered, beside 3 × too much browsing',
      measured: answered(mixed),
      unit: '%',
      atLeast: Math.round(browsed(overload)),
      from: `against ${whole(browsed(overload))} % of browsing`,
    },
  ];
}

export const answered = ({
  accepted,
  shed,
  failed,
}: {
  accepted: number;
  shed: number;
  failed: number;
}): number => (100 * accepted) / (accepted + shed + failed);
export const browsed = ({ mixed: { browsing } }: OverloadResult): number =>
  answered({ ...browsing, accepted: browsing.ok });

function growthFloors({ growth }: Results): Floor[] {
  const [first, last] = [growth?.[0], growth?.at(-1)];
  if (!first || !last || first === last) return [];
  return [
    {
      title: `CPU per order with ${last.stored.toLocaleString('en')} stored, of ${first.stored.toLocaleString('en')}`,
      measured: last.run.cpuPerOrderTotal / first.run.cpuPerOrderTotal,
      unit: '',
      atMost: 1.1,
      from: `${fine(last.run.cpuPerOrderTotal)} ms of ${fine(first.run.cpuPerOrderTotal)} ms`,
    },
  ];
}

function footprintFloors({ footprint }: Results): Floor[] {
  if (!footprint) return [];
  const services = footprint.loaded.filter(({ name }) => name !== 'kafka' && name !== 'postgres');
  const largest = services.reduce((most, one) => (one.rss > most.rss ? one : most));
  return [
    {
      title: 'Largest service, resident',
      measured: largest.rss,
      unit: 'MB',
      atMost: 120,
      from: `${largest.name}, under load`,
    },
    {
      title: 'All with Kafka and PostgreSQL, resident',
      measured: footprint.loaded.reduce((sum, { pss }) => sum + pss, 0),
      unit: 'MB',
      atMost: 1_536,
      from: 'shared memory counted once',
    },
    {
      title: 'Warm start to first confirmed order',
      measured: footprint.firstOrderSeconds,
      unit: 's',
      atMost: 15,
      from: `ready after ${fine(footprint.readySeconds)} s`,
    },
  ];
}
