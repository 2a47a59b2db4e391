import { type Edge, edgesOf } from '../edges.ts';
import { picks } from '../objects.ts';
import { type Overlay, title } from '../overlay.ts';
import { meshedNamespaces, type Pod, podsOf } from '../pods.ts';
import type { Rule } from './rule.ts';

interface SidecarSpec {
  workloadSelector?: { labels: Record<string, string> };
  egress?: { hosts: string[] }[];
  outboundTrafficPolicy?: { mode: string };
}

const collector = 'observability/collector.observability.svc.cluster.local';

/** What sidecars know. */
export const sidecarRules: Rule[] = [
  {
    holds: 'a sidecar knows those whom its service calls, and nobody else',
    faults: (overlay, code) => {
      const edges = edgesOf(overlay, code);
      return podsOf(overlay)
        .filter(({ namespace }) => namespace === 'shop' && meshedNamespaces(overlay).includes(namespace))
        .flatMap((pod) => {
          const called = edges.filter(
            ({ from }) => from.name === pod.name && from.namespace === pod.namespace,
          );
          const sidecar = sidecarOf(overlay, pod);
          if (!sidecar) return called.length ? [`${pod.name} has no Sidecar`] : [];
          const hosts = sidecar.spec.egress?.flatMap((egress) => egress.hosts) ?? [];
          const known = [collector, ...outside(overlay)];
          return [
            ...called
              .filter((edge) => !hosts.some((host) => isHostOf(edge, host)))
              .map(({ to }) => `${title(sidecar)} does not know ${to.name}`),
            ...hosts
              .filter((host) => !known.includes(host) && !called.some((edge) => isHostOf(edge, host)))
              .map((host) => `${title(sidecar)} knows ${host}, which ${pod.name} does not call`),
            ...(sidecar.spec.outboundTrafficPolicy?.mode === 'REGISTRY_ONLY'
              ? []
              : [`${title(sidecar)} lets out to anybody`]),
          ];
        });
    },
  },
];

const sidecarOf = (overlay: Overlay, pod: Pod) =>
  overlay
    .of<SidecarSpec>('Sidecar')
    .find(
      ({ metadata, spec }) =>
        metadata.namespace === pod.namespace &&
        spec.workloadSelector &&
        picks({ matchLabels: spec.workloadSelector.labels }, pod.labels),
    );

/** `./orders.shop.svc…`, or `data/postgres-rw.data.svc…`: operators name their Services after what they run. */
function isHostOf({ to }: Edge, host: string): boolean {
  const namespace = to.namespace === 'shop' ? '\\.' : to.namespace;
  const name = to.namespace === 'data' ? `${to.name}(-[a-z-]+)?` : to.name;
  return new RegExp(`^${namespace}/${name}\\.${to.namespace}\\.svc\\.cluster\\.local$`).test(host);
}

const outside = (overlay: Overlay): string[] =>
  overlay
    .of<{ hosts: string[] }>('ServiceEntry')
    .flatMap(({ spec }) => spec.hosts.map((host) => `./${host}`));
