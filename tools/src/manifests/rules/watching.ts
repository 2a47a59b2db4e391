import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../runner/settings.ts';
import { type Overlay, title } from '../overlay.ts';
import { connects, meshedNamespaces, type Pod, podsOf } from '../pods.ts';
import type { Rule } from './rule.ts';

const inNamespace = (name: string, namespace: string): Pod => ({
  name,
  namespace,
  labels: { 'app.kubernetes.io/name': name },
  account: name,
});

/** Where components/servicemonitors says that an operator's Prometheus lives, and the Service that the operator makes. */
const operated = { pod: inNamespace('prometheus', 'monitoring'), service: 'prometheus-operated.monitoring' };

interface Kiali {
  external_services: Record<string, { enabled?: boolean; url?: string; internal_url?: string }>;
}

/** Who looks, and who is asked what was seen. */
export const watchingRules: Rule[] = [
  {
    holds: 'whoever judges or draws asks somebody who is there',
    faults: (overlay) => {
      const templates = overlay.of<{ args?: { value?: string }[] }>('AnalysisTemplate').flatMap((template) =>
        (template.spec.args ?? []).map(({ value = '' }) => ({
          who: title(template),
          pod: inNamespace('argo-rollouts', 'argo-rollouts'),
          url: value,
        })),
      );
      return [...templates, ...kialiOf(overlay)]
        .filter(({ url }) => url.startsWith('http'))
        .flatMap(({ who, pod, url }) => {
          const asked = servedBy(overlay, url);
          if (!asked) return [`${who} asks ${url}, where nobody answers`];
          return connects(overlay, pod, asked, Number(new URL(url).port))
            ? []
            : [`NetworkPolicies keep ${who} from ${url}`];
        });
    },
  },
  {
    holds: 'Prometheus is let in where it reads, whoever runs it',
    faults: (overlay) => {
      const prometheus = isOperated(overlay) ? operated.pod : inNamespace('prometheus', 'observability');
      const collector = inNamespace('collector', 'observability');
      const sidecars = podsOf(overlay)
        .filter(({ namespace }) => [...meshedNamespaces(overlay), 'istio-ingress'].includes(namespace))
        .map((pod) => ({ pod, port: 15020 }));
      return [...sidecars, { pod: collector, port: 8888 }, { pod: collector, port: 8889 }]
        .filter(({ pod, port }) => !connects(overlay, prometheus, pod, port))
        .map(
          ({ pod, port }) =>
            `NetworkPolicies keep Prometheus of ${prometheus.namespace} from ${pod.name}:${port}`,
        );
    },
  },
];

const isOperated = (overlay: Overlay): boolean => overlay.of('ServiceMonitor').length > 0;

/** Who answers at `http://prometheus.observability…:9090`: a Service of the overlay, or the one that the operator makes. */
function servedBy(overlay: Overlay, url: string): Pod | undefined {
  const [name = '', namespace = ''] = new URL(url).hostname.split('.');
  if (`${name}.${namespace}` === operated.service) return isOperated(overlay) ? operated.pod : undefined;
  return overlay.find('Service', name, namespace) && inNamespace(name, namespace);
}

/** Whom Kiali asks, with the values that belong to the overlay. */
function kialiOf(overlay: Overlay): { who: string; pod: Pod; url: string }[] {
  const files = ['values', ...(isOperated(overlay) ? ['with-servicemonitors'] : [])];
  const asked = Object.assign(
    {},
    ...files.map(
      (file) =>
        (parse(readFileSync(join(root, `istio/kiali/${file}.yaml`), 'utf8')) as Kiali).external_services,
    ),
  ) as Kiali['external_services'];
  return Object.values(asked)
    .filter(({ enabled }) => enabled !== false)
    .map(({ url, internal_url: internal }) => ({
      who: 'Kiali',
      pod: inNamespace('kiali', 'istio-system'),
      url: internal ?? url ?? '',
    }));
}
