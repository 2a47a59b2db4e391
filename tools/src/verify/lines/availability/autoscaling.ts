import { setTimeout as pause } from 'node:timers/promises';
import { kubectl } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import { expect, type Line, type Note, type Stage } from '../../line.ts';
import { rolledOut, stopwatch } from './cluster.ts';
import { underReads } from './load.ts';

const scaled = 'gateway';
/** Far beyond what two pods do at 70 % of what they ask for. */
const readsPerSecond = 60;
/** The window of stabilization, and what it takes to see (base/_service/hpa.yaml). */
const patienceMs = 480_000;

interface Autoscaler extends KubernetesObject<{ minReplicas: number; maxReplicas: number }> {
  status: {
    currentReplicas: number;
    desiredReplicas: number;
    currentMetrics?: {
      containerResource?: { name: string; container: string; current: { averageUtilization?: number } };
    }[];
  };
}

export const scaleUp: Line = {
  name: 'scale-up',
  claim: 'more pods of a service come when its own container is busy',
  observe: grow,
};

export const scaleDown: Line = {
  name: 'scale-down',
  claim: 'they go when it has been calm for five minutes',
  async observe(stage, note) {
    const { spec, status } = await autoscaler();
    if (status.currentReplicas <= spec.minReplicas) await grow(stage, note);
    const { status: busy } = await autoscaler();
    const since = stopwatch();
    const calm = await until(
      stage,
      ({ status: { currentReplicas } }) => currentReplicas === spec.minReplicas,
      ({ status: { currentReplicas } }) => note(`${currentReplicas} pods after ${since()} s of calm`),
    );
    return `${scaled}: ${busy.currentReplicas} → ${calm.status.currentReplicas} pods after ${since()} s of waiting, at ${utilization(calm)} %`;
  },
};

async function grow(stage: Stage, note: Note): Promise<string> {
  note('waiting for calm');
  const before = await until(stage, ({ spec, status }) => status.currentReplicas === spec.minReplicas);
  const { result, tally } = await underReads(
    stage,
    async () => {
      const since = stopwatch();
      const grown = await until(
        stage,
        ({ status }) => status.desiredReplicas > before.status.currentReplicas,
        (seen) => note(`${scaled} is at ${utilization(seen)} %`),
      );
      const decided = since();
      await rolledOut(scaled);
      return { grown, decided, ready: since() };
    },
    readsPerSecond,
  );
  const { grown, decided, ready } = result;
  return expect(
    utilization(grown) > 70 && tally.failed === 0,
    `${scaled}: ${before.status.currentReplicas} → ${grown.status.desiredReplicas} pods, decided after ${decided} s at ${utilization(grown)} % of what its container asks for, ready after ${ready} s; ${tally}`,
  );
}

async function autoscaler(): Promise<Autoscaler> {
  const text = await kubectl(['--namespace=shop', 'get', `hpa/${scaled}`, '--output=json']);
  return JSON.parse(text) as Autoscaler;
}

/** Of the processor time that the application's own container asks for. */
const utilization = ({ status }: Autoscaler): number =>
  status.currentMetrics
    ?.map(({ containerResource }) => containerResource)
    .find((metric) => metric?.name === 'cpu' && metric.container === 'app')?.current.averageUtilization ?? 0;

async function until(
  { signal }: Stage,
  holds: (seen: Autoscaler) => boolean,
  tell: (seen: Autoscaler) => void = () => {},
): Promise<Autoscaler> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const seen = await autoscaler();
    tell(seen);
    if (holds(seen)) return seen;
    if (performance.now() > end)
      throw new Error(
        `after ${patienceMs / 60_000} minutes ${scaled} has ${seen.status.currentReplicas} pods at ${utilization(seen)} %`,
      );
    await pause(2_000, undefined, { signal });
  }
}
