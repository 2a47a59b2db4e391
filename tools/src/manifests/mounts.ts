import type { Workload } from './objects.ts';

/** Which key of which Secret a path is, in a workload's first container; undefined where none is mounted. */
export function secretAt({ spec }: Workload, path: string): { secret: string; key: string } | undefined {
  const { containers, volumes = [] } = spec.template.spec;
  const mount = containers[0]?.volumeMounts?.find(({ mountPath }) => path.startsWith(`${mountPath}/`));
  const secret = volumes.find(({ name }) => name === mount?.name)?.secret?.secretName;
  return mount && secret ? { secret, key: path.slice(mount.mountPath.length + 1) } : undefined;
}
