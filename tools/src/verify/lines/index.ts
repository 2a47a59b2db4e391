import type { Line } from '../line.ts';
import { availabilityLines } from './availability/index.ts';
import { demoLines } from './demo.ts';
import { deployLines } from './deploy.ts';
import { scenarioLines } from './scenarios.ts';

/** Everything that is observed, in the order in which it is. */
export const lines: readonly Line[] = [...deployLines, ...demoLines, ...scenarioLines, ...availabilityLines];
