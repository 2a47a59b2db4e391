import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { quantity } from '../objects.ts';
import { replicasOf } from '../replicas.ts';
import { root } from '../../runner/settings.ts';
import type { Rule } from './rule.ts';

/** What there is on a laptop, whose processors all nodes of kind share; and what is taken by Kubernetes, istiod, KEDA and the door. */
const laptop = { cpu: 2, memory: quantity('6Gi') };
const taken = { cpu: 0.5, memory: quantity('1Gi') };

interface Operator {
  spec: { values: { global: { proxy: { resources: { requests: { cpu: string; memory: string } } } } } };
}

/** Whether it fits. */
export const roomRules: Rule[] = [
  {
    holds: 'what all pods ask for fits the nodes of kind',
    faults: (overlay) => {
      if (overlay.name !== 'kind') return [];
      const { values } = (parse(readFileSync(join(root, 'istio/install/laptop.yaml'), 'utf8')) as Operator)
        .spec;
      const sidecar = values.global.proxy.resources.requests;
      const sum = (resource: 'cpu' | 'memory') =>
        overlay.workloads
          // Jobs are over before the services ask for their share.
          .filter(({ kind }) => kind !== 'Job')
          .map((workload) => {
            const own = workload.spec.template.spec.containers.map(({ resources }) =>
              quantity(resources?.requests?.[resource]),
            );
            const proxy = workload.metadata.namespace === 'observability' ? 0 : quantity(sidecar[resource]);
            return replicasOf(overlay, workload).least * own.reduce((a, b) => a + b, proxy);
          })
          .reduce((a, b) => a + b, taken[resource]);
      return (['cpu', 'memory'] as const)
        .map((resource) => ({ resource, asked: sum(resource), there: laptop[resource] }))
        .filter(({ asked, there }) => asked > there)
        .map(({ resource, asked, there }) => `pods ask for ${asked} of ${resource}, there is ${there}`);
    },
  },
  {
    holds: 'the quota of a namespace has room for every service at its greatest',
    faults: (overlay) =>
      overlay.of<{ hard: Record<string, string> }>('ResourceQuota').flatMap((quota) => {
        const namespace = quota.metadata.namespace;
        const pods = overlay.workloads
          .filter(({ metadata }) => metadata.namespace === namespace)
          .map((workload) => replicasOf(overlay, workload).most + 1)
          .reduce((a, b) => a + b, 0);
        return pods <= Number(quota.spec.hard['pods'])
          ? []
          : [`${namespace} may come to ${pods} pods, its quota allows ${quota.spec.hard['pods']}`];
      }),
  },
];
