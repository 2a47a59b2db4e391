import { findProgram, run } from '../manifests/programs.ts';
import { type KubernetesObject, parseObjects } from '../manifests/objects.ts';
import { StartError } from '../runner/settings.ts';

/** kubectl on the context that is set. Its words become those of the error when it fails. */
export async function kubectl(args: string[], input = ''): Promise<string> {
  const program = findProgram('kubectl');
  if (!program)
    throw new StartError('kubectl is not on the PATH: install it, and set the context of your cluster');
  // In a group of its own: Ctrl-C is ours to answer, and must not end what puts things back.
  const { code, stdout, stderr } = await run(program, args, input, { apart: true });
  if (code !== 0) throw new StartError(`kubectl ${args.slice(0, 4).join(' ')} failed:\n${stderr.trim()}`);
  return stdout;
}

/** The objects of a kustomization. */
export const objectsIn = async (folder: string): Promise<KubernetesObject[]> =>
  parseObjects(await kubectl(['kustomize', folder]));

/** `virtualservice.v1.networking.istio.io/catalog` in its namespace: there are two kinds of Gateway, of two groups. */
export const nameOf = ({ apiVersion, kind, metadata }: KubernetesObject): string[] => {
  const [group, version] = apiVersion.split('/');
  const type = version ? `${kind.toLowerCase()}.${version}.${group}` : kind.toLowerCase();
  return [`${type}/${metadata.name}`, `--namespace=${metadata.namespace ?? 'default'}`];
};

/** The object as it is in the cluster; undefined where there is none. */
export async function find(object: KubernetesObject): Promise<KubernetesObject | undefined> {
  const text = await kubectl(['get', ...nameOf(object), '--ignore-not-found', '--output=json']);
  return text ? (JSON.parse(text) as KubernetesObject) : undefined;
}

/** All objects of a kind in a namespace. */
export async function list<Kind extends KubernetesObject>(kind: string, namespace: string): Promise<Kind[]> {
  const text = await kubectl([`--namespace=${namespace}`, 'get', kind, '--output=json']);
  return (JSON.parse(text) as { items: Kind[] }).items;
}

/** The same without what the server adds. */
export async function current(object: KubernetesObject): Promise<KubernetesObject | undefined> {
  const found = await find(object);
  if (!found) return undefined;
  const { apiVersion, kind, metadata, spec, data } = found;
  const { name, namespace, labels, annotations } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec,
    ...(data && { data }),
  };
}

/** Makes an object what it should be, whoever owned its fields before. */
export const put = (object: KubernetesObject): Promise<string> =>
  current(object).then((found) =>
    kubectl([found ? 'replace' : 'create', '--filename=-'], JSON.stringify(object)),
  );

export const remove = (object: KubernetesObject): Promise<string> =>
  kubectl(['delete', ...nameOf(object), '--ignore-not-found', '--wait=true', '--timeout=60s']);

/** Until every pod of a Deployment is of its newest version, and ready. */
export const rolledOut = (deployment: string, namespace = 'shop'): Promise<string> =>
  kubectl([`--namespace=${namespace}`, 'rollout', 'status', `deployment/${deployment}`, '--timeout=300s']);

/** Several objects as kubectl reads them from its input. */
export const listOf = (items: readonly KubernetesObject[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
