import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '../runner/progress.ts';
import { runCommand } from '../runner/run-command.ts';
import { root } from '../runner/settings.ts';
import { applyFolder } from './apply.ts';
import { kubectl, rolledOut } from './kubectl.ts';

/** Something of others that the shop stands on: a kustomization that names one release of it. */
export interface Addon {
  title: string;
  folder: string;
  /** Asks the cluster which version it has; the answer only has to contain it. */
  asks: string[];
  /** Namespace and Deployments that must be ready. */
  namespace?: string;
  deployments?: string[];
}

const imageOf = (namespace: string, deployment: string): string[] => [
  `--namespace=${namespace}`,
  'get',
  `deployment/${deployment}`,
  '--ignore-not-found',
  '--output=jsonpath={.spec.template.spec.containers[0].image}',
];

export const gatewayApi: Addon = {
  title: 'Gateway API',
  folder: 'k8s/addons/gateway-api',
  asks: [
    'get',
    'crd/gateways.gateway.networking.k8s.io',
    '--ignore-not-found',
    '--output=jsonpath={.metadata.annotations.gateway\\.networking\\.k8s\\.io/bundle-version}',
  ],
};

export const metricsServer: Addon = {
  title: 'metrics-server',
  folder: 'k8s/addons/metrics-server',
  asks: imageOf('kube-system', 'metrics-server'),
  namespace: 'kube-system',
  deployments: ['metrics-server'],
};

export const keda: Addon = {
  title: 'KEDA',
  folder: 'k8s/addons/keda',
  asks: imageOf('keda', 'keda-operator'),
  namespace: 'keda',
  deployments: ['keda-operator', 'keda-metrics-apiserver', 'keda-admission'],
};

/** The release that a kustomization names, such as `2.20.2`. */
export function releaseIn(kustomization: string): string {
  const [, release] = /\/releases\/download\/v?(\d+\.\d+\.\d+)\//.exec(kustomization) ?? [];
  if (!release) throw new Error('the kustomization names no release');
  return release;
}

/** Puts an add-on into the cluster, unless it is there in this version. */
export const install = (addon: Addon, progress: Progress): Promise<void> =>
  progress.step(addon.title, async (note) => {
    const folder = join(root, addon.folder);
    const release = releaseIn(readFileSync(join(folder, 'kustomization.yaml'), 'utf8'));
    const isThere = (await kubectl(addon.asks)).includes(release);
    note(isThere ? `${release} is there` : `${release}, from its own repository`);
    if (!isThere) await applyFolder(folder);
    await Promise.all((addon.deployments ?? []).map((name) => rolledOut(name, addon.namespace)));
  });

const istioFiles = ['operator', 'provider-in-cluster', 'laptop'].map((name) => `istio/install/${name}.yaml`);

/** The mesh of istioctl's own version, as istio/install describes it. Finds out by itself what is there already. */
export const installIstio = (progress: Progress): Promise<void> =>
  progress.step('Istio', async (note) => {
    note(istioFiles.map((file) => file.split('/').at(-1)).join(', '));
    const files = istioFiles.map((file) => `--filename=${file}`);
    await runCommand('istioctl install', 'istioctl', ['install', '--skip-confirmation', ...files]);
  });
