import { apply } from '../../../cluster/apply.ts';
import { stateOf } from '../../../cluster/changes.ts';
import { find, kubectl, list, remove } from '../../../cluster/kubectl.ts';
import type { KubernetesObject } from '../../../manifests/objects.ts';
import type { Note, Stage } from '../../line.ts';
import { seen } from '../../wait.ts';
import { shoppers } from '../../customers/shoppers.ts';
import { placed } from '../../customers/placed.ts';
import { lettersOf, purge } from './dead-letters.ts';
import { invoiced, invoiceJob, scaledJob } from './invoice-pod.ts';
import { handled } from './kafka.ts';
import { stopwatch } from '../../pods.ts';
import { nobody } from './pods.ts';

const allowedSeconds = 15;

interface Job extends KubernetesObject {
  status?: { conditions?: { type: string; status: string; reason?: string }[] };
}

/** Lets a Job like those of the invoices run that never gives its processor back. Answers how it ended, and what it left. */
export async function hang({ signal }: Stage, note: Note) {
  const job = await invoiceJob('hanging', { args: ['-e', 'for (;;);'], seconds: allowedSeconds });
  return running(job, async (seconds) => {
    note(`a Job that hangs: ${allowedSeconds} s are allowed`);
    const reason = await seen(signal, () => failureOf(job), { timeoutMs: 180_000, everyMs: 1_000 });
    const pods = async () => {
      const left = (await list('pods', 'shop')).filter(
        ({ metadata }) => metadata.labels?.['job-name'] === job.metadata.name,
      );
      if (left.length > 0) throw new Error(`${left.length} pods of ${job.metadata.name} are left`);
    };
    const failed = seconds();
    note('its pod ends');
    await seen(signal, pods, { timeoutMs: 120_000, everyMs: 1_000 });
    return { reason, failed, gone: seconds() };
  });
}

async function failureOf(job: KubernetesObject): Promise<string> {
  const { status } = ((await find(job)) ?? {}) as Job;
  // The first of them says that its pods are to end, the second that they have.
  const failed = status?.conditions?.find(
    ({ type, status: holds }) => /^(FailureTarget|Failed)$/.test(type) && holds === 'True',
  );
  if (!failed) throw new Error('the Job has not failed');
  return failed.reason ?? '';
}

/** Lets a Job that allows a message one millisecond meet two orders, and then KEDA's own Jobs the next. */
export async function takeTooLong(stage: Stage, note: Note) {
  const { signal } = stage;
  await nobody('order-invoice', signal);
  const people = await shoppers(stage);
  const place = async () => {
    await placed(people, signal);
    const confirmed = async () => {
      const standings = await people.standings();
      if ([...people.accepted].some((id) => standings.get(id) !== 'CONFIRMED'))
        throw new Error('an order is open');
    };
    await seen(signal, confirmed, { timeoutMs: 60_000, everyMs: 500 });
  };
  const job = await invoiceJob('too-slow', { env: { HANDLE_WITHIN_MS: '1' } });
  try {
    await pauseKeda('true');
    await place();
    await place();
    const late = new Set(people.accepted);
    note('two orders, and a Job that allows each a millisecond');
    const seconds = await running(job, async (passed) => {
      await seen(signal, () => completed(job), { timeoutMs: 300_000, everyMs: 1_000 });
      return passed();
    });
    const letters = await lettersOf(late);
    note('the next order');
    await pauseKeda('');
    await place();
    const [next] = [...people.accepted].filter((id) => !late.has(id));
    await seen(signal, () => handled('order-invoice'), { timeoutMs: 120_000, everyMs: 1_000 });
    await nobody('order-invoice', signal);
    return { letters, seconds, next: (await invoiced()).has(next ?? '') };
  } finally {
    await pauseKeda('');
    const parked = await lettersOf(people.accepted);
    if (parked.length > 0) await purge(parked);
  }
}

const completed = async (job: KubernetesObject): Promise<void> => {
  const state = stateOf((await find(job)) ?? job);
  if (state !== 'complete') throw new Error(`the Job is ${state}`);
};

/** `paused` as KEDA reads it; without it, it starts Jobs. */
const pauseKeda = (paused: string): Promise<string> =>
  kubectl([
    ...['--namespace=shop', 'annotate', `scaledjob/${scaledJob.metadata.name}`, '--overwrite'],
    paused ? `autoscaling.keda.sh/paused=${paused}` : 'autoscaling.keda.sh/paused-',
  ]);

async function running<T>(job: KubernetesObject, work: (seconds: () => number) => Promise<T>): Promise<T> {
  const seconds = stopwatch();
  try {
    await apply([job]);
    return await work(seconds);
  } finally {
    await remove(job);
  }
}
