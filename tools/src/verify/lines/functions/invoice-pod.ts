import { apply } from '../../../cluster/apply.ts';
import { find, kubectl, remove } from '../../../cluster/kubectl.ts';
import type { KubernetesObject, PodSpec, Workload } from '../../../manifests/objects.ts';

type ScaledJob = KubernetesObject<{ jobTargetRef: Workload['spec'] & { activeDeadlineSeconds: number } }>;

export const scaledJob: KubernetesObject = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledJob',
  metadata: { name: 'order-invoice', namespace: 'shop' },
  spec: undefined,
};

/** What KEDA makes Jobs of. */
export async function template(): Promise<ScaledJob['spec']['jobTargetRef']> {
  const found = (await find(scaledJob)) as ScaledJob | undefined;
  if (!found) throw new Error('there is no ScaledJob order-invoice');
  return found.spec.jobTargetRef;
}

/** A Job as KEDA would make it, with another program, environment or time limit. */
export async function invoiceJob(
  name: string,
  { args, env = {}, seconds }: { args?: string[]; env?: Record<string, string>; seconds?: number },
): Promise<KubernetesObject> {
  const spec = structuredClone(await template());
  if (!spec.activeDeadlineSeconds) throw new Error('the Jobs of order-invoice have no time limit');
  if (seconds) spec.activeDeadlineSeconds = seconds;
  const container = appOf(spec.template.spec);
  container.env = [
    ...(container.env ?? []),
    ...Object.entries(env).map(([key, value]) => ({ name: key, value })),
  ];
  if (args) container.args = args;
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'shop' }, spec };
}

const appOf = ({ containers }: PodSpec) => containers.find(({ name }) => name === 'app')!;

const look = `
const { existsSync, readdirSync } = require('node:fs');
console.log(JSON.stringify(existsSync('/data/invoices') ? readdirSync('/data/invoices') : []));
`;

/** The ids of the orders whose invoices are in the volume, read by a pod that has it too. */
export async function invoiced(): Promise<Set<string>> {
  const { spec } = (await template()).template;
  const container = { ...appOf(spec), args: ['-e', look], envFrom: [] };
  container.resources = { ...container.resources, requests: { cpu: '10m', memory: '64Mi' } };
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    // It talks to nobody.
    metadata: { name: 'invoice-reader', namespace: 'shop', labels: { 'sidecar.istio.io/inject': 'false' } },
    spec: { ...spec, containers: [container] },
  };
  const inShop = (...args: string[]) => kubectl(['--namespace=shop', ...args]);
  try {
    await apply([pod]);
    await inShop('wait', 'pod/invoice-reader', '--for=jsonpath={.status.phase}=Succeeded', '--timeout=120s');
    const names = JSON.parse(await inShop('logs', 'invoice-reader')) as string[];
    return new Set(names.map((name) => name.replace(/\.pdf$/, '')));
  } finally {
    await remove(pod);
  }
}
