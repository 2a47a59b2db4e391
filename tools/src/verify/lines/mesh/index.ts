import type { Line } from '../../line.ts';
import { callLine } from './calls.ts';

/** Whom the mesh and the network let through, and how often. */
export const meshLines: readonly Line[] = [callLine];
