import type { Progress, Shop } from '@shop/tools';
import type { LoadProcess } from '../load/load-process.ts';

/** How long, how often and how much is measured. */
export interface Effort {
  warmUpSeconds: number;
  /** Each step on the way to saturation. */
  stepSeconds: number;
  /** At saturation, where orders take seconds. */
  saturationSeconds: number;
  /** At each of the rates below it. */
  measureSeconds: number;
  /** Orders a second, beside saturation and a fifth of it. */
  rates: number[];
  catalogueSizes: number[];
  catalogueSeconds: number;
  /** How often the two sides take turns where they do. */
  rounds: number;
  messages: number;
  replicas: number[];
  overloadSeconds: number;
  /** Orders stored. */
  growth: number[];
  /** Parts of the traces that are sampled; the first is what the others are compared with. */
  sampled: number[];
}

export const quick: Effort = {
  warmUpSeconds: 5,
  stepSeconds: 3,
  saturationSeconds: 8,
  measureSeconds: 4,
  rates: [50],
  catalogueSizes: [100, 10_000],
  catalogueSeconds: 1,
  rounds: 1,
  messages: 10_000,
  replicas: [1, 2],
  overloadSeconds: 5,
  growth: [1_000, 50_000],
  sampled: [0, 0.1],
};

export const full: Effort = {
  warmUpSeconds: 20,
  stepSeconds: 10,
  saturationSeconds: 30,
  measureSeconds: 15,
  rates: [20, 50, 200],
  catalogueSizes: [100, 100_000],
  catalogueSeconds: 4,
  rounds: 3,
  messages: 50_000,
  replicas: [1, 2, 3, 4],
  overloadSeconds: 30,
  growth: [1_000, 100_000, 1_000_000],
  sampled: [0, 0.1, 1],
};

/** What a scenario works with. */
export interface Bench {
  shop: Shop;
  load: LoadProcess;
  effort: Effort;
  progress: Progress;
}
