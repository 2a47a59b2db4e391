import { title } from '../overlay.ts';
import type { Container } from '../objects.ts';
import type { Rule } from './rule.ts';

const probes = {
  startupProbe: '/health/startup',
  readinessProbe: '/health/ready',
  livenessProbe: '/health/live',
} as const;
const kinds = Object.keys(probes) as (keyof typeof probes)[];

/** How a pod is seen to start, to be ready and to live; and how it ends. */
export const probeRules: Rule[] = [
  {
    holds: 'every service is asked three different questions, and answers them',
    faults: (overlay, code) =>
      overlay.services.flatMap((service) => {
        const container = service.spec.template.spec.containers[0];
        return kinds.flatMap((kind) => {
          const path = container?.[kind]?.httpGet?.path;
          if (path !== probes[kind])
            return [`${title(service)}: its ${kind} asks ${path ?? 'nothing'}, not ${probes[kind]}`];
          return code.probes.includes(path) ? [] : [`${title(service)}: nothing answers at ${path}`];
        });
      }),
  },
  {
    holds: 'every probe and every Service means a port that the container names',
    faults: (overlay) => [
      ...overlay.workloads.flatMap((workload) =>
        workload.spec.template.spec.containers.flatMap((container) =>
          kinds
            .map((kind) => container[kind]?.httpGet?.port ?? container[kind]?.tcpSocket?.port)
            .filter((port) => port !== undefined && !names(container, port))
            .map(
              (port) => `${title(workload)}: a probe asks at ${port}, which is no port of ${container.name}`,
            ),
        ),
      ),
      ...overlay
        .of<{
          selector?: Record<string, string>;
          ports: { targetPort?: string; appProtocol?: string; name: string }[];
        }>('Service')
        .flatMap((service) => {
          const behind = overlay.workloads.filter(
            ({ metadata, spec }) =>
              metadata.namespace === service.metadata.namespace &&
              Object.entries(service.spec.selector ?? {}).every(
                ([key, value]) => spec.template.metadata?.labels?.[key] === value,
              ),
          );
          if (!behind.length) return [`${title(service)} selects nothing`];
          return service.spec.ports.flatMap(({ name, targetPort, appProtocol }) => [
            ...(behind.every(({ spec }) =>
              spec.template.spec.containers.some((container) => names(container, targetPort)),
            )
              ? []
              : [`${title(service)}: nothing listens behind its port ${name}`]),
            ...(appProtocol
              ? []
              : [`${title(service)}: its port ${name} does not say which protocol it speaks`]),
          ]);
        }),
    ],
  },
  {
    holds: 'a pod has time to end: longer than its pause and its drain',
    faults: (overlay) =>
      overlay.services.flatMap((service) => {
        const { terminationGracePeriodSeconds: grace = 30, containers } = service.spec.template.spec;
        const pause = containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
        const drain = Number(overlay.environment(service)['SHUTDOWN_GRACE_MS']) / 1_000;
        if (!pause) return [`${title(service)} ends before anybody knows that it does`];
        return grace > pause + drain
          ? []
          : [
              `${title(service)} is killed after ${grace} s, while it may pause ${pause} s and drain ${drain} s`,
            ];
      }),
  },
  {
    holds: 'what hangs is killed soon after its pause: it will not drain',
    faults: (overlay) =>
      overlay.services.flatMap((service) => {
        const { terminationGracePeriodSeconds: grace = 30, containers } = service.spec.template.spec;
        const pause = containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
        const hung = containers[0]?.livenessProbe?.terminationGracePeriodSeconds ?? grace;
        return hung > pause && hung <= pause + 5
          ? []
          : [`${title(service)} has ${hung} s to end when it hangs, and pauses for ${pause} s`];
      }),
  },
];

const names = (container: Container, port: string | number | undefined): boolean =>
  container.ports?.some(({ name, containerPort }) => name === port || containerPort === port) ?? false;
