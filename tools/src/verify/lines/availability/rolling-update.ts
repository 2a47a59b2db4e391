import { kubectl, rolledOut } from '../../../cluster/kubectl.ts';
import { expect, type Line } from '../../line.ts';
import { stopwatch } from '../../pods.ts';
import { underLoad } from '../../customers/load.ts';

/** Who answers customers. */
export const services = ['gateway', 'catalog', 'inventory', 'orders', 'payments'];

const replaced = [
  ...services.map((name) => ({ name, namespace: 'shop' })),
  { name: 'shop-istio', namespace: 'istio-ingress' },
];

export const rollingUpdate: Line = {
  name: 'rolling-update',
  claim: 'every pod of the services and of the door is replaced, and no customer notices',
  async observe(stage, note) {
    const {
      result: seconds,
      tally,
      orders,
    } = await underLoad(stage, note, async () => {
      const since = stopwatch();
      for (const deployment of replaced) await replace(deployment);
      return since();
    });
    return expect(
      tally.failed === 0 && orders.lost === 0 && orders.accepted > 0,
      `${replaced.length} Deployments replaced in ${seconds} s: ${tally}; ${orders}`,
    );
  },
};

async function replace({ name, namespace }: { name: string; namespace: string }): Promise<void> {
  await kubectl([`--namespace=${namespace}`, 'rollout', 'restart', `deployment/${name}`]);
  await rolledOut(name, namespace);
}
