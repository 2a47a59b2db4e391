import { dataRules } from './data.ts';
import { edgeRules } from './edges.ts';
import { functionRules } from './functions.ts';
import { limitRules } from './limits.ts';
import { meshRules } from './mesh.ts';
import { operatorRules } from './operators.ts';
import { probeRules } from './probes.ts';
import { providerRules } from './provider.ts';
import { referenceRules } from './references.ts';
import { roomRules } from './room.ts';
import type { Rule } from './rule.ts';
import { scalingRules } from './scaling.ts';
import { securityRules } from './security.ts';
import { settingsRules } from './settings.ts';
import { sidecarRules } from './sidecars.ts';
import { signInRules } from './sign-in.ts';
import { tokenRules } from './tokens.ts';
import { trafficRules } from './traffic.ts';
import { watchingRules } from './watching.ts';
import { waveRules } from './waves.ts';

export type { Rule } from './rule.ts';

/** Everything that must hold for a built overlay together with the code. */
export const rules: readonly Rule[] = [
  ...referenceRules,
  ...settingsRules,
  ...probeRules,
  ...dataRules,
  ...operatorRules,
  ...functionRules,
  ...edgeRules,
  ...meshRules,
  ...sidecarRules,
  ...tokenRules,
  ...signInRules,
  ...limitRules,
  ...providerRules,
  ...trafficRules,
  ...scalingRules,
  ...roomRules,
  ...securityRules,
  ...watchingRules,
  ...waveRules,
];
