import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../manifests/objects.ts';

/** How many objects an apply has made, changed, and found as they should be. */
export interface Changes {
  created: number;
  changed: number;
  unchanged: number;
}

export const sum = (all: readonly Changes[]): Changes => ({
  created: all.reduce((total, { created }) => total + created, 0),
  changed: all.reduce((total, { changed }) => total + changed, 0),
  unchanged: all.reduce((total, { unchanged }) => total + unchanged, 0),
});

export const words = ({ created, changed, unchanged }: Changes): string =>
  created + changed === 0
    ? `nothing to change in ${unchanged} objects`
    : `${created} made, ${changed} changed, ${unchanged} as they were`;

/** What an apply has done, from the objects as they were before and are after it. */
export function changesBetween(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): Changes {
  const known = new Map(before.map((object) => [nameOf(object), object]));
  const kinds = after.map((object) => {
    const old = known.get(nameOf(object));
    if (!old) return 'created';
    return isDeepStrictEqual(asWritten(old), asWritten(object)) ? 'unchanged' : 'changed';
  });
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  return { created: count('created'), changed: count('changed'), unchanged: count('unchanged') };
}

const nameOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

/** Without what the cluster itself writes: a status comes and goes without anybody changing anything. */
function asWritten(object: KubernetesObject): object {
  const { metadata, ...rest } = object;
  return { ...rest, status: undefined, metadata: [metadata.labels, metadata.annotations] };
}

const contentAnnotation = 'shop.example/content';

/** A Job that says what it was made of. Jobs cannot change: one of another content takes the old one's place. */
export const stamped = (job: KubernetesObject): KubernetesObject => ({
  ...job,
  metadata: { ...job.metadata, annotations: { ...job.metadata.annotations, [contentAnnotation]: hash(job) } },
});

interface JobStatus {
  status?: { conditions?: { type: string; status: string }[] };
}

/** How a Job stands. */
export function stateOf(job: KubernetesObject & JobStatus): 'complete' | 'failed' | 'running' {
  const holds = (type: string) =>
    job.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True');
  if (holds('Complete')) return 'complete';
  return holds('Failed') ? 'failed' : 'running';
}

/** Whether a Job must make place for the stamped one: it is of another content, or it failed. */
export const outdated = (found: KubernetesObject & JobStatus, wanted: KubernetesObject): boolean =>
  found.metadata.annotations?.[contentAnnotation] !== wanted.metadata.annotations?.[contentAnnotation] ||
  stateOf(found) === 'failed';

const hash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
