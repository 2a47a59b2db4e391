import type { Line } from '../line.ts';
import { availabilityLines } from './availability/index.ts';
import { demoLines } from './demo.ts';
import { deployLines } from './deploy.ts';
import { functionLines } from './functions/index.ts';
import { meshLines } from './mesh/index.ts';
import { rolloutLines } from './rollouts/index.ts';
import { scenarioLines } from './scenarios.ts';
import { telemetryLines } from './telemetry/index.ts';

/** Everything that is observed, in the order in which it is. */
export const lines: readonly Line[] = [
  ...deployLines,
  ...demoLines,
  ...meshLines,
  ...scenarioLines,
  ...availabilityLines,
  ...telemetryLines,
  ...functionLines,
  ...rolloutLines,
];
