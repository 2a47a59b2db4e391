import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Container, quantity, type Workload } from '../objects.ts';
import { operatorPods } from '../operators.ts';
import { type Overlay, title } from '../overlay.ts';
import { meshedNamespaces } from '../pods.ts';
import { replicasOf } from '../replicas.ts';
import { root } from '../../runner/settings.ts';
import type { Rule } from './rule.ts';

/** What there is on a laptop, whose processors all nodes of kind share; and what is taken by Kubernetes, istiod, KEDA and the door. */
const laptop = { cpu: 2, memory: quantity('6Gi') };
const taken = { cpu: 0.5, memory: quantity('1Gi') };

type Resources = NonNullable<Container['resources']>;

interface Operator {
  spec: { values: { global: { proxy: { resources: Resources } } } };
}

interface LimitRangeSpec {
  limits: { type: string; max?: { memory?: string } }[];
}

/** Whether it fits. */
export const roomRules: Rule[] = [
  {
    holds: 'what all pods ask for fits the nodes of kind',
    faults: (overlay) => {
      if (overlay.name !== 'kind') return [];
      const sum = (resource: 'cpu' | 'memory') =>
        overlay.workloads
          // Jobs are over before the services ask for their share.
          .filter(({ kind }) => kind !== 'Job')
          .map((workload) => {
            const own = workload.spec.template.spec.containers.map(({ resources }) =>
              quantity(resources?.requests?.[resource]),
            );
            const proxy =
              workload.metadata.namespace === 'observability'
                ? 0
                : quantity(sidecarOf(overlay, workload).requests?.[resource]);
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
      overlay
        .of<{ hard: Record<string, string> }>('ResourceQuota')
        .flatMap(({ metadata: { namespace = '' }, spec: { hard } }) => {
          const asked = (resource: string) =>
            podsIn(overlay, namespace)
              // One more of each while it is updated.
              .map(({ most, containers }) => (most + 1) * amount(containers, resource))
              .reduce((a, b) => a + b, 0);
          return Object.entries(hard)
            .filter(([resource, allowed]) => asked(resource) > quantity(allowed))
            .map(
              ([resource, allowed]) =>
                `${namespace} may come to ${asked(resource)} of ${resource}, its quota allows ${allowed}`,
            );
        }),
  },
  {
    holds: 'no container takes more memory than its namespace lets one take',
    faults: (overlay) =>
      overlay.of<LimitRangeSpec>('LimitRange').flatMap((range) => {
        const { namespace = '' } = range.metadata;
        const max = range.spec.limits.find(({ type }) => type === 'Container')?.max?.memory;
        return podsIn(overlay, namespace)
          .flatMap(({ containers }) => containers)
          .filter(({ limits }) => max !== undefined && quantity(limits?.['memory']) > quantity(max))
          .map(
            ({ limits }) => `${title(range)} refuses a container of ${limits?.['memory']}: at most ${max}`,
          );
      }),
  },
];

/** What a sidecar takes: as the mesh is installed, and on a laptop less; or as its pod says, which Istio takes instead of all of that. */
function sidecarOf({ name }: Overlay, workload?: Workload): Resources {
  const own = workload?.spec.template.metadata?.annotations ?? {};
  const said = (key: string) => own[`sidecar.istio.io/${key}`] ?? '';
  if (said('proxyCPU'))
    return {
      requests: { cpu: said('proxyCPU'), memory: said('proxyMemory') },
      limits: { memory: said('proxyMemoryLimit') },
    };
  const file = name === 'kind' ? 'laptop' : 'operator';
  const { spec } = parse(readFileSync(join(root, `istio/install/${file}.yaml`), 'utf8')) as Operator;
  return spec.values.global.proxy.resources;
}

/** Every kind of pod in a namespace, how many there may be, and what each of its containers takes. */
function podsIn(overlay: Overlay, namespace: string): { most: number; containers: Resources[] }[] {
  const meshed = meshedNamespaces(overlay).includes(namespace);
  const sidecars = (workload?: Workload) => (meshed ? [sidecarOf(overlay, workload)] : []);
  const ours = overlay.workloads
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map((workload) => ({
      most: replicasOf(overlay, workload).most,
      containers: [
        ...workload.spec.template.spec.containers.map(({ resources }) => resources ?? {}),
        ...sidecars(workload),
      ],
    }));
  const theirs = operatorPods(overlay)
    .filter((pods) => pods.namespace === namespace)
    .map(({ most, resources }) => ({ most, containers: [resources, ...sidecars()] }));
  return [...ours, ...theirs];
}

/** `pods`, or `requests.memory` of all containers of a pod. */
function amount(containers: readonly Resources[], resource: string): number {
  if (resource === 'pods') return 1;
  const [kind, name = ''] = resource.split('.') as ['requests' | 'limits', string?];
  return containers.map((container) => quantity(container[kind]?.[name])).reduce((a, b) => a + b, 0);
}
