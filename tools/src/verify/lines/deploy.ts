import { relative } from 'node:path';
import { words } from '../../cluster/changes.ts';
import { deploy } from '../../cluster/deploy.ts';
import { kubectl, list } from '../../cluster/kubectl.ts';
import { root } from '../../runner/settings.ts';
import { silent } from '../../runner/progress.ts';
import type { KubernetesObject, Workload } from '../../manifests/objects.ts';
import { expect, type Line } from '../line.ts';

interface Dated extends Workload {
  metadata: KubernetesObject['metadata'] & { creationTimestamp: string };
  status?: { completionTime?: string };
}

/** What is there, and in which order it came. */
export const deployLines: readonly Line[] = [
  {
    name: 'migrations-first',
    claim: 'the tables of a service are there before its first pod',
    async observe() {
      const jobs = (await list<Dated>('jobs', 'shop')).filter(({ metadata }) =>
        metadata.name.endsWith('-migrations'),
      );
      const sets = await list<Dated>('replicasets', 'shop');
      const late = jobs.filter((job) => {
        const { metadata, status } = job;
        const app = metadata.name.replace(/-migrations$/, '');
        const first = sets
          .filter((set) => set.metadata.labels?.['app.kubernetes.io/name'] === app)
          .filter((set) => imageOf(set) === imageOf(job))
          .map((set) => set.metadata.creationTimestamp)
          .sort()[0];
        return !status?.completionTime || !first || status.completionTime > first;
      });
      return expect(
        jobs.length >= 4 && late.length === 0,
        `${jobs.length} migration Jobs were complete before the pods of their service were made${late.length ? `, but not ${late.map(({ metadata }) => metadata.name).join(', ')}` : ''}`,
      );
    },
  },
  {
    name: 'applied-again',
    claim: 'a second apply changes nothing',
    async observe({ overlay, dataDir, images }) {
      const changes = await deploy({ overlay, dataDir, images, progress: silent });
      return expect(changes.created + changes.changed === 0, `${relative(root, overlay)}: ${words(changes)}`);
    },
  },
  {
    name: 'restricted',
    claim: 'every pod meets the Pod Security Standard "restricted", and no other is let in',
    async observe(_, note) {
      const namespaces = ['shop', 'data', 'istio-ingress', 'observability'];
      const enforced = await Promise.all(namespaces.map(enforcing));
      note('asking the API server about every pod');
      const pods = (await Promise.all(namespaces.map((name) => list('pods', name)))).flat().length;
      const refusals = await Promise.all(offenders.map(({ object }) => refusalOf(object)));
      const admitted = offenders.filter(({ by }, index) => !refusals[index]?.includes(by));
      return expect(
        enforced.every((warnings) => warnings === '') && admitted.length === 0,
        [
          `${pods} pods in ${namespaces.length} namespaces`,
          ...enforced.filter(Boolean),
          `refused: ${offenders.map(({ what }) => what).join(', ')}`,
          ...admitted.map(({ what }) => `admitted: ${what}`),
        ].join('; '),
      );
    },
  },
];

/** Versions of a service differ by it. */
const imageOf = ({ spec }: Dated) => spec.template.spec.containers[0]?.image;

/** Which pods of a namespace its own label would refuse today: asked for again, the API server looks at all of them. */
async function enforcing(namespace: string): Promise<string> {
  const label = 'pod-security.kubernetes.io/enforce';
  const found = await kubectl([
    'get',
    `namespace/${namespace}`,
    `--output=jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}`,
  ]);
  if (found !== 'restricted') return `${namespace} enforces "${found}"`;
  return kubectl(
    [
      'apply',
      '--server-side',
      '--force-conflicts',
      '--dry-run=server',
      '--field-manager=verify',
      '--warnings-as-errors',
      '--filename=-',
    ],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { [label]: 'restricted', [`${label}-version`]: 'latest' } },
    }),
  ).then(
    () => '',
    (error: Error) => error.message,
  );
}

const container = {
  name: 'app',
  image: 'shop/catalog:dev',
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '16Mi' } },
};
const securityContext = { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } };
const metadata = { name: 'offender', namespace: 'shop', labels: { app: 'offender' } };
const podSpec = (change: object) => ({
  automountServiceAccountToken: false,
  securityContext,
  containers: [{ ...container, ...change }],
});
const pod = (change: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec(change) });
const deployment = (change: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    selector: { matchLabels: metadata.labels },
    template: { metadata: { labels: metadata.labels }, spec: podSpec(change) },
  },
});

/** What must not be, and whose words refuse it. */
const offenders = [
  { what: 'a privileged pod', by: 'PodSecurity', object: pod({ securityContext: { privileged: true } }) },
  { what: 'an image without a tag', by: 'pinned-images', object: pod({ image: 'shop/catalog' }) },
  { what: 'a container without limits', by: 'bounded-resources', object: deployment({ resources: {} }) },
];

const refusalOf = (object: object): Promise<string> =>
  kubectl(['create', '--dry-run=server', '--filename=-'], JSON.stringify(object)).then(
    () => '',
    (error: Error) => error.message,
  );
