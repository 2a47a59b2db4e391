import type { Code } from '../code/index.ts';
import type { Overlay } from '../overlay.ts';

/** A sentence that must hold for a built overlay together with the code. */
export interface Rule {
  holds: string;
  /** What is wrong, one readable line each; none means that it holds. */
  faults(overlay: Overlay, code: Code): string[];
}
