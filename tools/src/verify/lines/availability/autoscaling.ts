import { setTimeout as pause } from 'node:timers/promises';
import { kubectl, rolledOut } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import { expect, type Line, type Note, type Stage } from '../../line.ts';
import { stopwatch } from '../../pods.ts';
import { underReads } from '../../customers/load.ts';

const scaled = 'gateway';
/** Far beyond what two pods do at 70 % of what they ask for. */
const readsPerSecond = 60;
const growthMs = 180_000;
/** The window of stabilization, and what it takes to see (base/_service/hpa.yaml). */
const calmMs = 480_000;

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
  claim: 'they go again when it is calm',
  async observe(stage, note) {
    const { spec, status } = await autoscaler();
    if (status.currentReplicas <= spec.minReplicas) await grow(stage, note);
    const busy = await autoscaler();
    const since = stopwatch();
    const calm = await untilCalm(stage, note);
    return `${scaled}: ${busy.status.currentReplicas} → ${calm.status.currentReplicas} pods after ${since()} s more, at ${utilization(calm)} %`;
  },
};

async function grow(stage: Stage, note: Note): Promise<string> {
  const { currentReplicas } = (await untilCalm(stage, note)).status;
  const { result, tally } = await underReads(
    stage,
    async () => {
      const since = stopwatch();
      const grown = await until(stage, growthMs, ({ status }) => status.desiredReplicas > currentReplicas);
      const decided = since();
      await rolledOut(scaled);
      return { grown, decided, ready: since() };
    },
    readsPerSecond,
  );
  const { grown, decided, ready } = result;
  return expect(
    utilization(grown) > 70 && tally.failed === 0,
    `${scaled}: ${currentReplicas} → ${grown.status.desiredReplicas} pods, decided after ${decided} s at ${utilization(grown)} % of what its container asks for, ready after ${ready} s; ${tally}`,
  );
}

const untilCalm = (stage: Stage, note: Note): Promise<Autoscaler> =>
  until(stage, calmMs, ({ spec, status }) => {
    note(`${status.currentReplicas} pods`);
    return status.currentReplicas === spec.minReplicas;
  });

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
  patienceMs: number,
  holds: (seen: Autoscaler) => boolean,
): Promise<Autoscaler> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const seen = await autoscaler();
    if (holds(seen)) return seen;
    if (performance.now() > end)
      throw new Error(
        `after ${patienceMs / 60_000} minutes ${scaled} has ${seen.status.currentReplicas} pods at ${utilization(seen)} %`,
      );
    await pause(2_000, undefined, { signal });
  }
}
