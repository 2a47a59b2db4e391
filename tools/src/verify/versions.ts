import { findProgram, run } from '../manifests/programs.ts';
import type { KubernetesObject, Workload } from '../manifests/objects.ts';
import { kubectl, list } from '../cluster/kubectl.ts';
import { root } from '../runner/settings.ts';

interface Node extends KubernetesObject {
  status: { nodeInfo: { containerRuntimeVersion: string; osImage: string } };
}

/** What the run stood on: programs and their versions, in the order of a table. */
export async function versions(): Promise<[what: string, version: string][]> {
  const [server, nodes, envoy, commit, images] = await Promise.all([
    kubectl(['version', '--output=json']),
    list<Node>('nodes', ''),
    envoyVersion(),
    revision(),
    Promise.all(workloads.map(([, ...where]) => imageOf(...where))),
  ]);
  const { serverVersion } = JSON.parse(server) as { serverVersion: { gitVersion: string } };
  const { containerRuntimeVersion = '', osImage = '' } = nodes[0]?.status.nodeInfo ?? {};
  return [
    ['the shop', commit],
    ['Kubernetes', serverVersion.gitVersion],
    ['Nodes', `${nodes.length}, ${osImage}, ${containerRuntimeVersion.replace('://', ' ')}`],
    ...workloads.flatMap(([what], index): [string, string][] =>
      images[index] ? [[what, images[index]]] : [],
    ),
    ['Envoy', envoy],
  ];
}

const workloads: [what: string, namespace: string, workload: string][] = [
  ['Istio', 'istio-system', 'deployment/istiod'],
  ['KEDA', 'keda', 'deployment/keda-operator'],
  ['Argo Rollouts', 'argo-rollouts', 'deployment/argo-rollouts'],
  ['Kafka', 'data', 'statefulset/kafka'],
  ['PostgreSQL', 'data', 'statefulset/postgres'],
  ['Collector', 'observability', 'deployment/collector'],
  ['Jaeger', 'observability', 'deployment/jaeger'],
  ['Prometheus', 'observability', 'deployment/prometheus'],
];

/** The tag of a workload's image; empty where there is none. */
async function imageOf(namespace: string, workload: string): Promise<string> {
  const text = await kubectl([
    `--namespace=${namespace}`,
    'get',
    workload,
    '--ignore-not-found',
    '--output=json',
  ]);
  if (!text) return '';
  const { spec } = JSON.parse(text) as Workload;
  return spec.template.spec.containers[0]?.image?.split(':').at(-1) ?? '';
}

async function envoyVersion(): Promise<string> {
  const asked = ['pilot-agent', 'request', 'GET', 'server_info'];
  const where = ['--namespace=shop', 'exec', 'deployment/gateway', '--container=istio-proxy', '--', ...asked];
  const [, version = 'unknown'] = /"version": "[^/]*\/([^/]+)\//.exec(await kubectl(where)) ?? [];
  return version;
}

async function revision(): Promise<string> {
  const git = findProgram('git');
  const ask = async (...args: string[]) => (git ? (await run(git, ['-C', root, ...args])).stdout.trim() : '');
  const [commit, changes] = [
    await ask('rev-parse', '--short=12', 'HEAD'),
    await ask('status', '--porcelain', '--', 'apps', 'libs', 'k8s', 'istio'),
  ];
  return commit ? `${commit}${changes ? ', with changes' : ''}` : 'unknown';
}
