import type { Line } from '../../line.ts';
import { scaleDown, scaleUp } from './autoscaling.ts';
import { eviction } from './eviction.ts';
import { liveness } from './liveness.ts';
import { readiness } from './readiness.ts';
import { rollingUpdate } from './rolling-update.ts';
import { shutdown } from './shutdown.ts';

/** What customers notice of pods that come, go, hang or lose their database. The last line waits for what the first has brought. */
export const availabilityLines: readonly Line[] = [
  scaleUp,
  rollingUpdate,
  eviction,
  shutdown,
  readiness,
  liveness,
  scaleDown,
];
