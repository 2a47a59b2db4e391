import type { Progress, Shop } from '@shop/tools';
import type { LoadProcess } from '../load/load-process.ts';

/** How long and how often things are measured. */
export interface Effort {
  warmUpSeconds: number;
  /** Each step on the way to saturation. */
  stepSeconds: number;
  /** What is reported. */
  measureSeconds: number;
  /** Orders a second, beside saturation and a fifth of it. */
  rates: number[];
}

export const quick: Effort = {
  warmUpSeconds: 10,
  stepSeconds: 4,
  measureSeconds: 8,
  rates: [50],
};

export const full: Effort = {
  warmUpSeconds: 20,
  stepSeconds: 6,
  measureSeconds: 20,
  rates: [20, 50, 200],
};

/** What a scenario works with. */
export interface Bench {
  shop: Shop;
  load: LoadProcess;
  effort: Effort;
  progress: Progress;
}
