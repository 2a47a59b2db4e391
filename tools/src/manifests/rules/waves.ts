import { waveOf } from '../../cluster/waves.ts';
import type { KubernetesObject } from '../objects.ts';
import { title } from '../overlay.ts';
import type { Rule } from './rule.ts';

type Layer = (object: KubernetesObject) => boolean;
const of =
  (...kinds: string[]): Layer =>
  ({ kind }) =>
    kinds.includes(kind);

const databases: Layer = ({ kind, metadata }) =>
  kind === 'Database' || (kind === 'Job' && metadata.name === 'databases');

/** Each needs everything before it. */
const layers: readonly Layer[] = [
  of('Namespace', 'PriorityClass'),
  of(
    'ConfigMap',
    'ServiceAccount',
    'Service',
    'NetworkPolicy',
    'AuthorizationPolicy',
    'Sidecar',
    'ExternalSecret',
  ),
  of('StatefulSet', 'Kafka', 'Cluster'),
  databases,
  (object) => object.kind === 'Job' && !databases(object),
  of('Deployment', 'Rollout', 'ScaledObject', 'ScaledJob'),
];

/** In which order Argo CD and `npm run kind:up` apply what is there. */
export const waveRules: Rule[] = [
  {
    holds:
      'nothing is applied before what it needs: rules and settings, data, databases, migrations, services',
    faults: ({ objects }) => {
      let last: KubernetesObject | undefined;
      return layers.flatMap((belongs) => {
        const layer = objects.filter(belongs);
        const before = last;
        last = layer.reduce<KubernetesObject | undefined>(later, last);
        return before
          ? layer
              .filter((object) => waveOf(object) <= waveOf(before))
              .map(
                (object) => `${title(object)} is in the wave ${waveOf(object)}, not after ${title(before)}`,
              )
          : [];
      });
    },
  },
];

const later = (one: KubernetesObject | undefined, other: KubernetesObject): KubernetesObject =>
  one && waveOf(one) > waveOf(other) ? one : other;
