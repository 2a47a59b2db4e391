import { kubectl, rolledOut } from '../../../cluster/kubectl.ts';
import { expect, type Line } from '../../line.ts';
import { podsOf, stopwatch } from '../../pods.ts';
import { underLoad } from '../../customers/load.ts';
import { services } from './rolling-update.ts';

export const eviction: Line = {
  name: 'eviction',
  claim: 'a drain takes one pod of a service at a time, and no customer notices',
  async observe(stage, note) {
    await Promise.all(services.map((service) => rolledOut(service)));
    const { result, tally, orders } = await underLoad(stage, note, async () => {
      const seconds = stopwatch();
      const refusals = await Promise.all(services.map(drained));
      return {
        seconds: seconds(),
        refused: refusals.filter((refusal) => /TooManyRequests/.test(refusal)).length,
      };
    });
    return expect(
      result.refused === services.length && tally.failed === 0 && orders.lost === 0,
      `a pod of each of ${services.length} services evicted and replaced in ${result.seconds} s, ${result.refused} second evictions refused: ${tally}; ${orders}`,
    );
  },
};

/** Evicts a pod, and answers how the eviction of another was refused while the first one is missing. */
async function drained(service: string): Promise<string> {
  const [first, second] = await podsOf(service);
  if (!first || !second) throw new Error(`${service} has fewer than two pods`);
  await evict(first.metadata.name);
  const refusal = await evict(second.metadata.name).then(
    () => `${second.metadata.name} was let go as well`,
    (error: Error) => error.message,
  );
  await rolledOut(service);
  return refusal;
}

/** Asks as `kubectl drain` does. */
const evict = (name: string): Promise<string> =>
  kubectl(
    ['create', `--raw=/api/v1/namespaces/shop/pods/${name}/eviction`, '--filename=-'],
    JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'shop' } }),
  );
