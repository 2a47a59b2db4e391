import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@shop/testing';
import { kubectl } from '../../../cluster/kubectl.ts';
import { expect, type Line } from '../../line.ts';
import { podsOf, readyEndpoints, restartsOf, stopwatch } from '../../pods.ts';

const withDatabase = ['catalog', 'inventory', 'orders', 'payments'];
const without = ['gateway', 'identity', 'psp-sandbox'];
/** Long enough for a liveness probe to restart what it is going to restart (base/_service/deployment.yaml). */
const awayMs = 45_000;

export const readiness: Line = {
  name: 'readiness',
  claim: 'who has lost its database takes no requests, and is back without a restart once the database is',
  async observe({ signal }, note) {
    const before = await restarts();
    try {
      note('PostgreSQL goes');
      const out = stopwatch();
      await scale(0);
      await untilReady((ready) => withDatabase.every((service) => ready(service) === 0));
      const gone = out();
      note(`no service with a database takes requests after ${gone} s`);
      await pause(awayMs, undefined, { signal });
      const ready = await readyEndpoints();
      const others = without.filter((service) => ready(service) > 0);
      note('PostgreSQL comes');
      const back = stopwatch();
      await scale(1);
      await untilReady((answers) => withDatabase.every((service) => answers(service) > 0));
      const returned = back();
      const after = await restarts();
      const restarted = [...before].filter(([pod, count]) => after.get(pod) !== count).map(([pod]) => pod);
      return expect(
        others.length === without.length && restarted.length === 0,
        [
          `out of the endpoints after ${gone} s: ${withDatabase.join(', ')}`,
          `meanwhile ready: ${others.join(', ')}`,
          `all back ${returned} s after the database was started`,
          restarted.length
            ? `restarted or replaced: ${restarted.join(', ')}`
            : `the same ${before.size} processes`,
        ].join('; '),
      );
    } finally {
      await scale(1);
      await kubectl(['--namespace=data', 'rollout', 'status', 'statefulset/postgres', '--timeout=180s']);
    }
  },
};

/** The volume stays where it is. */
const scale = (replicas: number): Promise<string> =>
  kubectl(['--namespace=data', 'scale', 'statefulset/postgres', `--replicas=${replicas}`]);

async function restarts(): Promise<Map<string, number>> {
  const pods = (await Promise.all([...withDatabase, ...without].map(podsOf))).flat();
  return new Map(pods.map((pod) => [pod.metadata.name, restartsOf(pod)]));
}

const untilReady = (holds: (ready: (service: string) => number) => boolean): Promise<void> =>
  eventually(
    async () => {
      if (!holds(await readyEndpoints())) throw new Error('the endpoints are not so');
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
