import { secretAt } from '../mounts.ts';
import type { KubernetesObject, Workload } from '../objects.ts';
import { type Overlay, title } from '../overlay.ts';
import type { Rule } from './rule.ts';

/** Brokers and databases that operators run. */
export const operatorRules: Rule[] = [
  {
    holds: 'whoever uses a database of an operator knows it by its certificate',
    faults: (overlay) =>
      overlay.of('Cluster').length === 0
        ? []
        : overlay.workloads.flatMap((workload) =>
            Object.entries(overlay.environment(workload))
              .filter(([name]) => name.endsWith('DATABASE_URL_FILE'))
              .filter(([, path]) => !provesItself(overlay, workload, path))
              .map(
                ([name]) => `${title(workload)}: ${name} does not ask for a certificate that it can check`,
              ),
          ),
  },
  {
    holds: 'an operator finds what it is told to read, and the authority of its servers is there before them',
    faults: (overlay) =>
      [...kafkasOf(overlay), ...databasesOf(overlay)].flatMap(({ object, authority, reads }) => [
        ...(authority ? [] : [`${title(object)} makes an authority of its own, which nobody knows before`]),
        ...reads
          .filter(({ secret, key }) => !fetched(overlay, secret, key))
          .map(({ secret, key }) => `${title(object)}: nothing fetches ${key} of the Secret ${secret}`),
      ]),
  },
];

interface Operated {
  object: KubernetesObject;
  /** Whether it is ours, and not the operator's. */
  authority: boolean;
  reads: { secret: string; key: string }[];
}

/** Strimzi finds the authority of a cluster by these names. */
const kafkasOf = (overlay: Overlay): Operated[] =>
  overlay.of<{ clusterCa?: { generateCertificateAuthority?: boolean } }>('Kafka').map((object) => ({
    object,
    authority: object.spec.clusterCa?.generateCertificateAuthority === false,
    reads: [
      { secret: `${object.metadata.name}-cluster-ca-cert`, key: 'ca.crt' },
      { secret: `${object.metadata.name}-cluster-ca`, key: 'ca.key' },
    ],
  }));

interface ClusterSpec {
  certificates?: { serverCASecret?: string };
  managed: { roles: { passwordSecret: { name: string } }[] };
}

const databasesOf = (overlay: Overlay): Operated[] =>
  overlay.of<ClusterSpec>('Cluster').map((object) => {
    const { certificates = {}, managed } = object.spec;
    const { serverCASecret: authority = '' } = certificates;
    const passwords = managed.roles.map(({ passwordSecret }) => passwordSecret.name);
    return {
      object,
      authority: authority !== '',
      reads: [
        ...['ca.crt', 'ca.key'].map((key) => ({ secret: authority, key })),
        ...passwords.flatMap((secret) => ['username', 'password'].map((key) => ({ secret, key }))),
      ],
    };
  });

interface ExternalSecretSpec {
  target: { template?: { data: Record<string, string> } };
  data: { secretKey: string }[];
}

const fetched = (overlay: Overlay, secret: string, key: string): boolean =>
  overlay
    .find<ExternalSecretSpec>('ExternalSecret', secret, 'data')
    ?.spec.data.some(({ secretKey }) => secretKey === key) ?? false;

/** Whether a URL, as External Secrets completes it, names an authority that is mounted. */
function provesItself(overlay: Overlay, workload: Workload, path: string): boolean {
  const file = secretAt(workload, path);
  const url = file && overlay.find<ExternalSecretSpec>('ExternalSecret', file.secret, 'shop')?.spec.target;
  const [, authority = ''] =
    /[?]sslmode=verify-full&sslrootcert=(.+)$/.exec(url?.template?.data[file?.key ?? ''] ?? '') ?? [];
  return secretAt(workload, authority) !== undefined;
}
