import { picks, quantity, type Selector } from '../objects.ts';
import { type Overlay, podLabels, title } from '../overlay.ts';
import type { HpaSpec, ScaledSpec } from '../replicas.ts';
import type { Rule } from './rule.ts';

interface PdbSpec {
  selector: Selector;
  maxUnavailable?: number;
  minAvailable?: number;
  unhealthyPodEvictionPolicy?: string;
}

/** How many there are, how much each may take, and where. */
export const scalingRules: Rule[] = [
  {
    holds: 'replicas have one owner: an autoscaler, KEDA, or the manifest of what there is one of',
    faults: (overlay) => {
      const hpas = overlay.of<HpaSpec>('HorizontalPodAutoscaler');
      const scaled = overlay.of<{ scaleTargetRef: { name: string } }>('ScaledObject');
      return [
        ...overlay.services.flatMap((service) => {
          const name = service.metadata.name;
          const owners = [
            ...hpas.filter(({ spec }) => spec.scaleTargetRef.name === name).map(title),
            ...scaled.filter(({ spec }) => spec.scaleTargetRef.name === name).map(title),
            ...(service.spec.replicas === undefined ? [] : ['its manifest']),
          ];
          return owners.length === 1
            ? []
            : [`the replicas of ${title(service)} are said by ${owners.join(' and ') || 'nobody'}`];
        }),
        ...hpas
          .filter(({ spec }) => !overlay.find(spec.scaleTargetRef.kind, spec.scaleTargetRef.name))
          .map((hpa) => `${title(hpa)} scales nothing`),
      ];
    },
  },
  {
    holds: 'an autoscaler looks at the app alone, by processor and memory, and has room to scale',
    faults: (overlay) =>
      overlay.of<HpaSpec>('HorizontalPodAutoscaler').flatMap((hpa) => {
        const looksAt = hpa.spec.metrics.map(
          ({ type, containerResource }) =>
            `${type} ${containerResource?.container} ${containerResource?.name}`,
        );
        const should = ['ContainerResource app cpu', 'ContainerResource app memory'];
        return [
          ...should
            .filter((metric) => !looksAt.includes(metric))
            .map((metric) => `${title(hpa)} does not look at ${metric}`),
          ...(hpa.spec.minReplicas >= 1 && hpa.spec.maxReplicas > hpa.spec.minReplicas
            ? []
            : [`${title(hpa)} has no room`]),
        ];
      }),
  },
  {
    holds: 'a drain takes one pod at a time, and is never blocked',
    faults: (overlay) => {
      const budgets = overlay.of<PdbSpec>('PodDisruptionBudget');
      return overlay.workloads
        .filter(({ kind, metadata }) => kind !== 'Job' && metadata.namespace !== 'observability')
        .flatMap((workload) => {
          const mine = budgets.filter(
            ({ metadata, spec }) =>
              metadata.namespace === workload.metadata.namespace && picks(spec.selector, podLabels(workload)),
          );
          if (mine.length !== 1) return [`${title(workload)} has ${mine.length} PodDisruptionBudgets`];
          const { maxUnavailable, minAvailable, unhealthyPodEvictionPolicy } = mine[0]!.spec;
          return maxUnavailable === 1 &&
            minAvailable === undefined &&
            unhealthyPodEvictionPolicy === 'AlwaysAllow'
            ? []
            : [`${title(mine[0]!)} may block a drain, or lets go of more than one`];
        });
    },
  },
  {
    holds: 'an update never has less than before, except of what there is one of',
    faults: (overlay) =>
      overlay.services
        .filter(({ spec }) => spec.replicas !== 1)
        .filter(({ spec }) => spec.strategy?.rollingUpdate?.maxUnavailable !== 0)
        .map((service) => `${title(service)} may have fewer pods while it is updated`),
  },
  {
    holds: 'replicas are spread over zones and nodes, each version for itself',
    faults: (overlay) =>
      overlay.services.flatMap((service) => {
        const spread = service.spec.template.spec.topologySpreadConstraints ?? [];
        return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname']
          .filter(
            (key) =>
              !spread.some(
                ({ topologyKey, matchLabelKeys }) =>
                  topologyKey === key && matchLabelKeys?.includes('pod-template-hash'),
              ),
          )
          .map((key) => `${title(service)} is not spread over ${key}`);
      }),
  },
  {
    holds: 'every container says what it needs, and may take 1.3 to 2 times the memory',
    faults: (overlay) =>
      overlay.workloads.flatMap((workload) =>
        workload.spec.template.spec.containers.flatMap(
          ({ name, resources: { requests = {}, limits = {} } = {} }) => {
            const lacks = ['cpu', 'memory', 'ephemeral-storage'].filter((resource) => !requests[resource]);
            const ratio = quantity(limits['memory']) / quantity(requests['memory'] ?? '1');
            return [
              ...lacks.map(
                (resource) => `${title(workload)}: ${name} does not say how much ${resource} it needs`,
              ),
              ...(ratio >= 1.3 && ratio <= 2
                ? []
                : [
                    `${title(workload)}: the memory limit of ${name} is ${ratio.toFixed(1)} times its request`,
                  ]),
            ];
          },
        ),
      ),
  },
  {
    holds: 'memory scales before it is short, and not because the heap takes what it may',
    faults: (overlay) =>
      overlay.services.flatMap((service) => {
        const { requests, limits } = service.spec.template.spec.containers[0]?.resources ?? {};
        const limit = quantity(limits?.['memory']);
        return memoryTargets(overlay, service.metadata.name)
          .map((percent) => (quantity(requests?.['memory']) * percent) / 100)
          .filter((target) => target < limit * heapShare || target > limit * 0.9)
          .map(
            (target) =>
              `${title(service)} scales at ${Math.round((100 * target) / limit)} % of its limit of memory`,
          );
      }),
  },
];

/** Of the container's limit; the image says so (Dockerfile). */
const heapShare = 0.75;

/** In percent of the request. */
const memoryTargets = (overlay: Overlay, name: string): number[] => [
  ...overlay
    .of<HpaSpec>('HorizontalPodAutoscaler')
    .filter(({ spec }) => spec.scaleTargetRef.name === name)
    .flatMap(({ spec }) => spec.metrics.map(({ containerResource }) => containerResource))
    .flatMap((resource) => (resource?.name === 'memory' ? [resource.target.averageUtilization] : [])),
  ...overlay
    .of<ScaledSpec>('ScaledObject')
    .filter(({ spec }) => spec.scaleTargetRef.name === name)
    .flatMap(({ spec }) => spec.triggers)
    .flatMap(({ type, metadata }) => (type === 'memory' ? [Number(metadata['value'])] : [])),
];
