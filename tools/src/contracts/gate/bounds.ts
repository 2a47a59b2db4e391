import type { Json, JsonObject } from '../json.ts';
import { compared, least, most, shapes } from './keywords.ts';
import type { GapKind } from './rules.ts';

export interface Bound {
  kind: Extract<GapKind, 'bound' | 'pattern' | 'other'>;
  from: string;
  to: string;
}

/** Limits of `to` that are tighter than those of `from`. */
export function bounds(from: JsonObject, to: JsonObject): Bound[] {
  const names = Object.keys(to).filter((name) => compared.has(name));
  return names.flatMap((name): Bound[] => {
    const [before, after] = [from[name], to[name]];
    if (before === after || isAsWide(name, before, after)) return [];
    const kind = shapes.includes(name) ? 'pattern' : isLimit(name) ? 'bound' : 'other';
    return [{ kind, from: text(name, before), to: text(name, after) }];
  });
}

const isLimit = (name: string) => least.includes(name) || most.includes(name);

function isAsWide(name: string, before: Json | undefined, after: Json | undefined): boolean {
  if (name === 'uniqueItems') return after === false;
  if (typeof before !== 'number' || typeof after !== 'number') return false;
  return (least.includes(name) && after <= before) || (most.includes(name) && after >= before);
}

const text = (name: string, value: Json | undefined) =>
  value === undefined ? `no ${name}` : `${name} ${String(value)}`;
