import type { Answers } from '../measure/answers.ts';
import type { CheckoutRun } from '../measure/checkout-load.ts';
import type { Results } from './results.ts';

const quantiles = (p50: number) => ({ p50, p99: p50 * 3, max: p50 * 5 });

export const aRun = (changes: Partial<CheckoutRun> = {}): CheckoutRun => ({
  rate: 50,
  seconds: 6,
  accepted: 300,
  shed: 0,
  failed: 0,
  confirmed: 300,
  confirmedPerSecond: 50,
  backlog: 0,
  toAccepted: quantiles(5),
  toConfirmed: quantiles(24),
  cpuPerOrder: { orders: 1, postgres: 2 },
  cpuPerOrderTotal: 3,
  generator: { cores: 0.1, lag: quantiles(1) },
  foreignCores: 0,
  beside: {},
  ...changes,
});

export const answers = (okPerSecond: number, shed = 0): Answers => ({
  ok: okPerSecond * 10,
  shed,
  failed: 0,
  okPerSecond,
  latency: quantiles(4),
});

const side = (confirmedPerSecond: number, p50: number) => ({
  steps: [aRun({ rate: 150 })],
  saturation: aRun({ rate: confirmedPerSecond * 1.1, confirmedPerSecond }),
  fifth: aRun({ toConfirmed: quantiles(p50) }),
  fixed: [aRun()],
});

/** A run in which everything was measured. */
export const someResults = (): Results => ({
  machine: {
    cpu: 'A processor',
    cores: 2,
    memoryGiB: 8,
    kernel: 'Linux 6.1',
    node: 'v24.0.0',
    postgres: '18.0',
    kafka: '4.0.0',
    java: '21',
    commit: 'abc',
    measuredAt: '2026-01-01T00:00:00.000Z',
  },
  quick: true,
  minutes: 4.6,
  generator: {
    closed: 9_000,
    open: [{ rate: 1_000, answeredPerSecond: 1_000, lag: quantiles(1), cores: 0.2 }],
  },
  checkout: { shop: side(250, 24), bare: side(500, 20), hops: { http: 1, kafka: 2, commit: 1 } },
  catalogue: [
    {
      products: 100,
      answers: {
        list: { bare: answers(1_000), direct: answers(900), gateway: answers(500) },
        product: { bare: answers(2_000), direct: answers(1_800), gateway: answers(1_000) },
        search: { bare: answers(500), direct: answers(400), gateway: answers(250) },
      },
    },
  ],
  messaging: {
    messages: 1_000,
    raw: { produced: 9_000, consumed: 9_500 },
    replicas: [{ replicas: 1, relayed: 4_000, consumed: 3_000 }],
  },
  tracing: [0, 0.1, 1].map((sampled, index) => ({
    sampled,
    confirmedPerSecond: [200, 190, 150][index]!,
    cpuPerOrder: 4,
    productsPerSecond: 900,
    exportedKB: sampled * 1_000,
  })),
  overload: {
    saturation: aRun({ confirmedPerSecond: 200 }),
    rush: aRun({ rate: 600, confirmedPerSecond: 180, shed: 400 }),
    mixed: { ...aRun(), browsing: answers(100, 3_000) },
    browsingAlone: 400,
  },
  growth: [
    { stored: 1_000, megabytes: 30, run: aRun({ cpuPerOrderTotal: 4 }) },
    { stored: 1_000_000, megabytes: 5_000, run: aRun({ cpuPerOrderTotal: 4.2 }) },
  ],
  footprint: {
    readySeconds: 8,
    firstOrderSeconds: 9.2,
    atRest: [
      { name: 'orders', rss: 90, pss: 60 },
      { name: 'kafka', rss: 300, pss: 290 },
    ],
    loaded: [
      { name: 'orders', rss: 110, pss: 80 },
      { name: 'kafka', rss: 400, pss: 390 },
    ],
    sizes: { node: 120 },
  },
  failures: {},
});
