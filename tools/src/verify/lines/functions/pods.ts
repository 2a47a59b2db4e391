import { kubectl, list } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import { seen } from '../../wait.ts';

interface Pod extends KubernetesObject {
  metadata: KubernetesObject['metadata'] & { creationTimestamp: string; ownerReferences?: object[] };
  status: { phase: string };
}

/** The pods of a function that have not ended, as far as somebody made them who makes more when they are needed. */
export const podsOf = async (name: string): Promise<Pod[]> =>
  (await list<Pod>('pods', 'shop')).filter(
    ({ metadata, status }) =>
      metadata.labels?.['app.kubernetes.io/name'] === name &&
      metadata.ownerReferences &&
      /Pending|Running/.test(status.phase),
  );

/** Waits until nobody is there. */
export const nobody = (name: string, signal: AbortSignal): Promise<void> =>
  seen(
    signal,
    async () => {
      const { length } = await podsOf(name);
      if (length > 0) throw new Error(`${length} pods of ${name} are there`);
    },
    { timeoutMs: 300_000, everyMs: 1_000 },
  );

/** What a pod says of its own start. */
export interface Start {
  /** When its first message was handled, and how long its process had been there by then. */
  handledAt: number;
  ms: number;
}

/** Those whose program runs. */
export const runningPodsOf = async (name: string): Promise<string[]> =>
  (await podsOf(name))
    .filter(({ status }) => status.phase === 'Running')
    .map(({ metadata }) => metadata.name);

/** The starts of the pods that have handled a message, the first one first. */
export async function startsOf(name: string): Promise<Start[]> {
  const pods = await runningPodsOf(name);
  const logs = await Promise.all(
    pods.map((pod) => kubectl(['--namespace=shop', 'logs', pod, '--container=app'])),
  );
  return startsIn(logs.join('\n'));
}

export const startsIn = (logs: string): Start[] =>
  logs
    .split('\n')
    .filter((line) => line.includes('the first message is handled'))
    .map((line) => JSON.parse(line) as { time: string; startup_ms: number })
    .map(({ time, startup_ms: ms }) => ({ handledAt: Date.parse(time), ms }))
    .sort((a, b) => a.handledAt - b.handledAt);
