import type { Code } from '../code/index.ts';
import { edgesOf } from '../edges.ts';
import { type Overlay, title } from '../overlay.ts';
import { meshedNamespaces } from '../pods.ts';
import { seconds } from '../seconds.ts';
import type { Rule } from './rule.ts';
import { withSecrets } from './settings.ts';

export interface HttpRouteRule {
  name?: string;
  match?: { method?: { exact?: string }; headers?: Record<string, unknown> }[];
  timeout?: string;
  retries?: { attempts: number; perTryTimeout?: string };
  route?: { destination: { subset?: string } }[];
}

interface RolloutSpec {
  strategy: {
    canary: { trafficRouting?: { istio: { virtualServices: { name: string; routes: string[] }[] } } };
  };
}

export interface VirtualServiceSpec {
  hosts: string[];
  http: HttpRouteRule[];
}

/** Who waits for whom by which setting, outside of Envoy; and whether the door waits meanwhile. */
const callers = [
  {
    from: 'gateway',
    setting: 'UPSTREAM_TIMEOUT_MS',
    to: ['catalog', 'inventory', 'orders'],
    behindDoor: true,
  },
  // A payment is made when nobody waits at the door any more: a bank may take longer than a request.
  { from: 'payments', setting: 'PSP_TIMEOUT_MS', to: ['psp-sandbox'], behindDoor: false },
];

/** How calls are made: how long, how often, how many, and to whom no longer. */
export const trafficRules: Rule[] = [
  {
    holds: 'only what has no effect twice is repeated, and by one layer',
    faults: (overlay) => {
      const services = overlay.of<VirtualServiceSpec>('VirtualService');
      const careless = services.flatMap((service) =>
        service.spec.http
          .filter(({ retries }) => !retries || retries.attempts > 0)
          .filter(({ retries, match = [] }) => !retries || !match.length || !match.every(isSafe))
          .map(({ name }) => `${title(service)}, route ${name}: repeats what may take effect twice`),
      );
      const repeats = services.some(({ spec }) =>
        spec.http.some(({ retries }) => (retries?.attempts ?? 0) > 0),
      );
      const gateway = overlay.services.find(({ metadata }) => metadata.name === 'gateway');
      const own = gateway && overlay.environment(gateway)['UPSTREAM_RETRIES'];
      return repeats && own !== '0'
        ? [...careless, `Envoy repeats and so does the gateway (UPSTREAM_RETRIES is ${own ?? 'not set'})`]
        : careless;
    },
  },
  {
    holds: 'whoever waits outside waits longer than whoever waits inside',
    faults: (overlay, code) => {
      const door = overlay
        .of<{ rules: { timeouts?: { request?: string } }[] }>('HTTPRoute')
        .flatMap(({ spec }) => spec.rules.map(({ timeouts }) => seconds(timeouts?.request)))
        .filter((bounded) => bounded > 0);
      const order = callers.flatMap(({ from, setting, to, behindDoor }) => {
        const own = patienceOf(overlay, code, from, setting);
        const routes = to.flatMap(
          (name) => overlay.find<VirtualServiceSpec>('VirtualService', name)?.spec.http ?? [],
        );
        const inner = Math.max(0, ...routes.map(({ timeout }) => seconds(timeout)));
        return (!behindDoor || Math.min(...door) > own) && own > inner
          ? []
          : [
              `the door waits ${Math.min(...door)} s, ${from} ${own} s, Envoy for ${to.join(' and ')} ${inner} s`,
            ];
      });
      const late = overlay
        .of<VirtualServiceSpec>('VirtualService')
        .flatMap((service) =>
          service.spec.http
            .filter(
              ({ timeout, retries }) =>
                timeout &&
                (retries?.attempts ?? 0) > 0 &&
                seconds(retries?.perTryTimeout) * (retries!.attempts + 1) > seconds(timeout),
            )
            .map(({ name }) => `${title(service)}, route ${name}: its attempts do not fit its time-out`),
        );
      return [...order, ...late];
    },
  },
  {
    holds: 'whoever shifts traffic names routes that there are, between two versions',
    faults: (overlay) =>
      overlay.of<RolloutSpec>('Rollout').flatMap((rollout) =>
        (rollout.spec.strategy.canary.trafficRouting?.istio.virtualServices ?? []).flatMap(
          ({ name, routes }) => {
            const http = overlay.find<VirtualServiceSpec>('VirtualService', name)?.spec.http ?? [];
            const shifted = http.filter(
              (route) => routes.includes(route.name ?? '') && route.route?.length === 2,
            );
            return shifted.length === http.length && http.length > 0
              ? []
              : [`${title(rollout)} shifts ${shifted.length} of the ${http.length} routes of ${name}`];
          },
        ),
      ),
  },
  {
    holds:
      'every service that is called has a bound on connections, and ejects who fails, if another can stand in',
    faults: (overlay, code) => {
      interface Spec {
        host: string;
        trafficPolicy?: { connectionPool?: unknown; outlierDetection?: unknown };
      }
      const called = [...new Set(edgesOf(overlay, code).map(({ to }) => to))].filter(({ namespace }) =>
        meshedNamespaces(overlay).includes(namespace),
      );
      return called.flatMap(({ name, namespace }) => {
        const rule = overlay
          .of<Spec>('DestinationRule')
          .find(({ spec }) => spec.host === `${name}.${namespace}.svc.cluster.local`);
        if (!rule) return [`${name} has no DestinationRule`];
        const single = overlay.workloads.some(
          ({ kind, metadata, spec }) =>
            metadata.name === name && (kind === 'StatefulSet' || spec.replicas === 1),
        );
        const ejects = Boolean(rule.spec.trafficPolicy?.outlierDetection);
        return [
          ...(rule.spec.trafficPolicy?.connectionPool ? [] : [`${title(rule)} bounds no connections`]),
          ...(ejects === single
            ? [`${title(rule)} ${single ? 'ejects the only one there is' : 'ejects nobody'}`]
            : []),
        ];
      });
    },
  },
];

/** In seconds, as the application itself reads it. */
function patienceOf(overlay: Overlay, code: Code, name: string, setting: string): number {
  const service = overlay.services.find(({ metadata }) => metadata.name === name);
  const app = code.apps.get(name);
  if (!service || !app) return 0;
  const settings = app.schema.safeParse(withSecrets(overlay, service, code));
  return Number(settings.data?.[setting] ?? 0) / 1_000;
}

/** Reads, and writes that a key guards. */
const isSafe = ({ method, headers }: NonNullable<HttpRouteRule['match']>[number]): boolean =>
  ['GET', 'HEAD'].includes(method?.exact ?? '') || (headers !== undefined && 'idempotency-key' in headers);
