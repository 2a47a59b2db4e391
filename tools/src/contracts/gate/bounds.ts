import type { Json, JsonObject } from '../json.ts';
import type { GapKind } from './rules.ts';

export interface Bound {
  kind: Extract<GapKind, 'bound' | 'pattern' | 'other'>;
  from: string;
  to: string;
}

const least = ['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum'];
const most = ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum'];
/** Whether one of them allows what another does is not looked into: another one is a change. */
const shapes = ['pattern', 'format', 'contentEncoding', 'contentMediaType'];
/** What is compared elsewhere, and what says nothing about values. */
const elsewhere = new Set([
  ...[
    'type',
    'enum',
    'const',
    'properties',
    'required',
    'additionalProperties',
    'items',
    'anyOf',
    'oneOf',
    '$ref',
  ],
  ...[
    'title',
    'description',
    'default',
    'example',
    'examples',
    'deprecated',
    'readOnly',
    'writeOnly',
    '$comment',
    '$id',
    'id',
  ],
]);

/** Limits of `to` that are tighter than those of `from`. */
export function bounds(from: JsonObject, to: JsonObject): Bound[] {
  const names = Object.keys(to).filter((name) => !elsewhere.has(name) && !name.startsWith('x-'));
  return names.flatMap((name): Bound[] => {
    const [before, after] = [from[name], to[name]];
    if (JSON.stringify(before) === JSON.stringify(after) || isAsWide(name, before, after)) return [];
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
  value === undefined ? `no ${name}` : `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`;
