import type { Container } from './objects.ts';
import type { Overlay } from './overlay.ts';

/** Pods that an operator makes of one object, each with one container that counts. */
export interface OperatorPods {
  namespace: string;
  most: number;
  resources: NonNullable<Container['resources']>;
}

type Resources = Pick<OperatorPods, 'resources'>;

/** The brokers of Strimzi and the servers of CloudNativePG, which no workload of ours stands for. */
export const operatorPods = (overlay: Overlay): OperatorPods[] => [
  ...overlay.of<Resources & { replicas: number }>('KafkaNodePool').map(({ metadata, spec }) => ({
    namespace: metadata.namespace ?? '',
    most: spec.replicas,
    resources: spec.resources,
  })),
  ...overlay.of<Resources & { instances: number }>('Cluster').map(({ metadata, spec }) => ({
    namespace: metadata.namespace ?? '',
    most: spec.instances,
    resources: spec.resources,
  })),
];
