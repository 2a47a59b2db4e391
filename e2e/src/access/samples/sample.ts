import type { Operation } from '../operations.ts';
import type { Scene } from '../scene.ts';

/** Valid input for an endpoint, so that only its rule can keep a caller out. The path has its parameters filled in. */
export interface Sample {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Attempt {
  scene: Scene;
  operation: Operation;
  /** It is expected to take effect, so it may need something of its own to take effect on. */
  letIn: boolean;
}

/** How an endpoint is tried. */
export interface Trial {
  sample(attempt: Attempt): Sample | Promise<Sample>;
  /** What callers who are kept out must leave as it is. Whatever is not a GET needs it. */
  untouched?(scene: Scene): Promise<unknown>;
}

/** By method and path; the same on every app that serves it. */
export type Trials = Record<string, Trial>;
