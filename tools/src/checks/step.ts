/** One thing that must hold, and what to do when it does not. */
export interface Step {
  name: string;
  what: string;
  advice: string;
  /** Resolves to the faults found, one readable text each; none means that it holds. */
  run(root: string): Promise<string[]>;
}
