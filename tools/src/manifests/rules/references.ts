import { door } from '../code/edges.ts';
import type { Code } from '../code/index.ts';
import { covers } from '../code/routes.ts';
import { grantsOf } from '../grants.ts';
import { secretAt } from '../mounts.ts';
import type { Workload } from '../objects.ts';
import { type Overlay, title } from '../overlay.ts';
import { podsOf } from '../pods.ts';
import type { Rule } from './rule.ts';

interface Reference {
  kind: string;
  name: string;
}

/** What a pod cannot start without. */
function referencesOf({ spec }: Workload): Reference[] {
  const { containers, volumes = [], serviceAccountName, priorityClassName } = spec.template.spec;
  const maps = [
    ...containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef?.name)),
    ...volumes.map(({ configMap }) => configMap?.name),
    ...volumes.flatMap(({ projected }) => projected?.sources.map(({ configMap }) => configMap?.name) ?? []),
  ];
  const named: [string, (string | undefined)[]][] = [
    ['ConfigMap', maps],
    ['Secret', volumes.map(({ secret }) => secret?.secretName)],
    ['PersistentVolumeClaim', volumes.map(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName)],
    ['ServiceAccount', [serviceAccountName]],
    ['PriorityClass', [priorityClassName]],
  ];
  return named.flatMap(([kind, list]) => list.flatMap((name) => (name ? [{ kind, name }] : [])));
}

/** Names on one side that must exist on the other. */
export const referenceRules: Rule[] = [
  {
    holds: 'everything that a pod names is there',
    faults: (overlay, code) =>
      overlay.workloads.flatMap((workload) =>
        referencesOf(workload)
          .filter(({ kind, name }) => !isThere(overlay, code, kind, name, workload.metadata.namespace))
          .map(({ kind, name }) => `${title(workload)} needs ${kind} ${name}, which is not there`),
      ),
  },
  {
    holds: 'every secret file that a pod reads is one that is made for it',
    faults: (overlay, code) =>
      overlay.workloads.flatMap((workload) => {
        const paths = Object.entries(overlay.environment(workload))
          .filter(([name]) => name.endsWith('_FILE') || name === 'SECRET_KEY' || name === 'AUTH_JWKS_URL')
          .map(([, value]) => value.replace(/^file:\/\//, ''))
          .filter((value) => value.startsWith('/'));
        return paths.flatMap((path) => {
          const file = secretAt(workload, path);
          if (!file) return [`${title(workload)} reads ${path}, where no Secret is mounted`];
          return hasKey(overlay, code.secrets, file.secret, file.key)
            ? []
            : [
                `${title(workload)} reads ${path}, but nothing makes ${file.key} of the Secret ${file.secret}`,
              ];
        });
      }),
  },
  {
    holds: 'every image is a version of an app that there is, or of somebody else',
    faults: (overlay, code) =>
      overlay.workloads.flatMap((workload) =>
        workload.spec.template.spec.containers.flatMap(({ image }) => {
          const [, name, tag] = /^(.*?)(?:[:@]([^/]+))?$/.exec(image) ?? [];
          const app = /(?:^|\/)shop\/([^/]+)$/.exec(name ?? '')?.[1];
          return [
            ...(!tag || tag === 'latest'
              ? [`${title(workload)}: the image ${image} may be another one tomorrow`]
              : []),
            ...(app && app !== 'setup' && !code.apps.has(app)
              ? [`${title(workload)}: there is no app ${app}`]
              : []),
          ];
        }),
      ),
  },
  {
    holds: 'every public route passes the door',
    faults: (overlay, code) => {
      const pod = podsOf(overlay).find(({ name }) => name === door.account);
      if (!pod) return ['there is no door'];
      const grants = grantsOf(overlay, pod);
      const routes = code.apps.get('gateway')?.routes ?? [];
      return routes
        .filter(
          ({ method, path }) =>
            !grants.some(
              ({ methods = [], paths = [] }) =>
                methods.includes(method) && paths.some((pattern) => covers(pattern, path)),
            ),
        )
        .map(({ method, path }) => `the door does not let ${method} ${path} through`);
    },
  },
  {
    holds: 'every route of the door ends at a Service',
    faults: (overlay) =>
      overlay
        .of<{ rules: { backendRefs?: { name: string; port: number }[] }[] }>('HTTPRoute')
        .flatMap((route) =>
          route.spec.rules
            .flatMap(({ backendRefs = [] }) => backendRefs)
            .filter(
              ({ name, port }) =>
                !overlay
                  .find<{ ports: { port: number }[] }>('Service', name, route.metadata.namespace)
                  ?.spec.ports.some((served) => served.port === port),
            )
            .map(({ name, port }) => `${title(route)} leads to ${name}:${port}, which is not there`),
        ),
  },
];

function isThere(overlay: Overlay, { secrets }: Code, kind: string, name: string, namespace = ''): boolean {
  if (kind === 'PriorityClass') return Boolean(overlay.find(kind, name));
  if (kind === 'Secret') return name in secrets || Boolean(overlay.find('ExternalSecret', name, namespace));
  return Boolean(overlay.find(kind, name, namespace));
}

/** Made by tools/src/runner/container-secrets.ts, or fetched from a store by an ExternalSecret. */
function hasKey(
  overlay: Overlay,
  made: Readonly<Record<string, Readonly<Record<string, string>>>>,
  secret: string,
  key: string,
): boolean {
  const external = overlay.find<{ data?: { secretKey: string }[] }>('ExternalSecret', secret);
  if (external) return external.spec.data?.some(({ secretKey }) => secretKey === key) ?? false;
  return key in (made[secret] ?? {});
}
