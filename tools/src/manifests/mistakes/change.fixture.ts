import type { Container, PodSpec, WorkloadSpec } from '../objects.ts';
import { Overlay } from '../overlay.ts';

/** Something that somebody may get wrong, and the rule that says so. */
export interface Mistake {
  what: string;
  breaks: string;
  /** Which overlay; kind, unless only another one has what is wrong. */
  where?: string;
  make(overlay: Overlay): Overlay | void;
}

/** The overlay without one of its objects. */
export const without = (overlay: Overlay, ...[kind, name, namespace]: [string, string, string?]): Overlay => {
  const gone = overlay.find(kind, name, namespace);
  if (!gone) throw new Error(`there is no ${kind} ${name} to take away`);
  return new Overlay(
    overlay.name,
    overlay.objects.filter((object) => object !== gone),
  );
};

/** What an object says, to be changed. */
export function spec<Spec>(overlay: Overlay, kind: string, name: string, namespace?: string): Spec {
  const object = overlay.find<Spec>(kind, name, namespace);
  if (!object) throw new Error(`there is no ${kind} ${name} to change`);
  return object.spec;
}

export const pod = (overlay: Overlay, name: string, kind = 'Deployment'): PodSpec =>
  spec<WorkloadSpec>(overlay, kind, name).template.spec;
export const container = (overlay: Overlay, name: string): Container => pod(overlay, name).containers[0]!;

/** The settings that a generated ConfigMap holds. */
export function settingsOf(overlay: Overlay, name: string): Record<string, string> {
  const found = overlay
    .of('ConfigMap')
    .find(({ metadata }) => metadata.name.startsWith(`${name}-`) && metadata.namespace === 'shop');
  return found?.data ?? {};
}
