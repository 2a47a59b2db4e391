import type { Progress } from '../runner/progress.ts';

/** Where a run looks: one cluster, with the shop of one overlay in it. */
export interface Stage {
  /** The folder of the overlay that is deployed. */
  overlay: string;
  /** Where the secrets of this cluster are derived from, and the keys are that sign its tokens. */
  dataDir: string;
  /** The ingress gateway, as this machine reaches it. */
  door: string;
  /** By which names the images are in the cluster, where not by those of the overlay. */
  images: ReadonlyMap<string, string>;
  /** A token of a customer, or of `admin`. */
  token(name: string): Promise<string>;
  progress: Progress;
  /** Ends what is under way. What was changed is put back all the same. */
  signal: AbortSignal;
}

export type Note = (detail: string) => void;

/** One claim about the shop on a cluster, and how it is seen to hold. */
export interface Line {
  /** One word or some with hyphens, for `--only` and the table. */
  name: string;
  /** The claim, as a sentence. */
  claim: string;
  /** What must be in the cluster beside the shop; where it is not, the line is not seen, which is no fault. */
  needs?: 'rollouts';
  /** Resolves to what was seen, with its numbers; rejects with what should have been. Leaves the cluster as it was found. */
  observe(stage: Stage, note: Note): Promise<string>;
}

/** What became of a line. */
export interface Outcome {
  line: Line;
  result: 'seen' | 'failed' | 'not seen';
  /** What was seen, or why it was not. */
  words: string;
  seconds: number;
}

/** What was seen, if it is as it should be. */
export function expect(holds: boolean, seen: string): string {
  if (!holds) throw new Error(`not as expected: ${seen}`);
  return seen;
}
