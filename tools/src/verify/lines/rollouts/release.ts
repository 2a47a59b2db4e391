import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@shop/testing';
import { kubectl, list } from '../../../cluster/kubectl.ts';
import type { Note } from '../../line.ts';
import { isReady, type ServingPod } from '../../pods.ts';
import { type AnalysisRun, canaryWeight, isOf, type Rollout, type VirtualService } from './canary.ts';

/** A new version, as far as it got. */
export interface Release {
  end: 'promoted' | 'aborted';
  seconds: number;
  /** Its hash. */
  version: string;
  /** What it got of the traffic as a canary, in percent, one after the other. */
  weights: number[];
  /** The fewest pods of the version before that were ready at any time, until it was replaced. */
  fewestStable: number;
  analyses: AnalysisRun[];
}

const longestSeconds = 900;

const ordersAs = async <Kind>(kind: string): Promise<Kind> =>
  JSON.parse(await kubectl(['--namespace=shop', 'get', `${kind}/orders`, '--output=json'])) as Kind;

export const standing = async () => (await ordersAs<Rollout>('rollout')).status ?? {};

const pods = async (hash: string | undefined): Promise<ServingPod[]> =>
  (await list<ServingPod>('pods', 'shop')).filter((pod) => isOf(hash, pod));

/** Gives the pods of orders another template, and follows what Argo Rollouts makes of it to its end. */
export async function release(template: object, note: Note, signal: AbortSignal): Promise<Release> {
  const since = performance.now();
  const { stableRS: before } = await standing();
  const ready = async () => (await pods(before)).filter(isReady).length;
  let fewestStable = Infinity;
  const patch = JSON.stringify({ spec: { template } });
  await kubectl(['--namespace=shop', 'patch', 'deployment/orders', `--patch=${patch}`]);
  const weights: number[] = [];
  for (;;) {
    await pause(2_000, undefined, { signal });
    const [{ phase, message, abort, stableRS, currentPodHash: version = '' }, weight, serving] =
      await Promise.all([standing(), ordersAs<VirtualService>('virtualservice').then(canaryWeight), ready()]);
    const seconds = Math.round((performance.now() - since) / 1_000);
    if (weight !== undefined && weight !== weights.at(-1)) weights.push(weight);
    const replaced = stableRS !== before;
    if (!replaced) fewestStable = Math.min(fewestStable, serving);
    note(`${weights.at(-1)} % go to the new version; ${seconds} s`);
    const end = abort ? 'aborted' : replaced && phase === 'Healthy' ? 'promoted' : undefined;
    // The routes may follow a moment after: in the end all goes to the stable version, whichever that is.
    if (end && weight === 0)
      return { end, seconds, version, weights, fewestStable, analyses: await list('analysisruns', 'shop') };
    if (seconds > longestSeconds)
      throw new Error(
        `after ${seconds} s the Rollout is ${phase}${message ? ` (${message})` : ''}, and ${weight ?? 'some'} % go to the canary`,
      );
  }
}

/** Waits until a version has no pods any more. */
export const gone = (hash: string): Promise<void> =>
  eventually(
    async () => {
      const left = (await pods(hash)).length;
      if (left > 0) throw new Error(`${left} pods of the bad version are left`);
    },
    { timeoutMs: 120_000, everyMs: 2_000 },
  );
