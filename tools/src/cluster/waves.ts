import type { KubernetesObject } from '../manifests/objects.ts';

/** The annotation by which Argo CD orders what it applies. We go by the same, so that there is one order. */
const annotation = 'argocd.argoproj.io/sync-wave';

const titles: Record<string, string> = {
  '-5': 'Namespaces',
  '-4': 'Rules, settings',
  '-3': 'Data',
  '-2': 'Databases',
  '-1': 'Migrations',
  '0': 'Services',
};

export const waveOf = ({ metadata }: KubernetesObject): number =>
  Number(metadata.annotations?.[annotation] ?? 0);

export interface Wave {
  title: string;
  objects: KubernetesObject[];
}

/** Objects by their waves, in the order in which they are applied. */
export function waves(objects: readonly KubernetesObject[]): Wave[] {
  const numbers = [...new Set(objects.map(waveOf))].sort((a, b) => a - b);
  return numbers.map((number) => ({
    title: titles[number] ?? `Wave ${number}`,
    objects: objects.filter((object) => waveOf(object) === number),
  }));
}

/** The objects with other images: each `image` that has a name in the map is called by that name. */
export const withImages = <Value>(value: Value, names: ReadonlyMap<string, string>): Value =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    key === 'image' && typeof inner === 'string' ? (names.get(inner) ?? inner) : inner,
  ) as Value;
