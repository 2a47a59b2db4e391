import { scenarios } from '../../scenarios/scenarios.ts';
import { play } from '../../scenarios/stage.ts';
import type { Line } from '../line.ts';

const claims: Record<string, string> = {
  'canary-weight': 'a tenth of the calls goes to the next version',
  'canary-header': 'who sends the header meets the next version, nobody else',
  mirror: 'the next version sees a copy of every call, and nobody its answers',
  delay: 'a call is delayed where the route says so, others are not',
  abort: 'half of the calls are refused where the route says so',
  'circuit-break': 'a rush beyond the pool is refused at once, and what fits is answered',
  'outlier-ejection': 'a pod that fails is left alone',
  'rate-limit': 'what is above the limit gets 429',
};

/** Each folder of istio/scenarios. */
export const scenarioLines: readonly Line[] = scenarios.map((scenario) => ({
  name: scenario.name,
  claim: claims[scenario.name] ?? scenario.name,
  observe: ({ signal }, note) => play(scenario, note, signal),
}));
