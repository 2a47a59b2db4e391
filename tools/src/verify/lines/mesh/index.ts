import type { Line } from '../../line.ts';
import { callLine } from './calls.ts';
import { egressLine } from './egress.ts';
import { networkLine } from './network.ts';
import { retryLine } from './retries.ts';
import { tokenLine } from './tokens.ts';

/** Whom the mesh and the network let through, and how often. */
export const meshLines: readonly Line[] = [callLine, tokenLine, networkLine, egressLine, retryLine];
