import { isObject, type Json, type JsonObject, resolved } from '../json.ts';
import { type Bound, bounds } from './bounds.ts';
import { mustUnderstand } from './keywords.ts';
import type { GapKind } from './rules.ts';
import { alternativesOf, typesOf } from './shape.ts';

/** A place where `to` refuses what `from` allows. */
export interface Gap {
  kind: GapKind;
  pointer: string;
  from: string;
  to: string;
}

export interface Side {
  document: JsonObject;
  schema: Json | undefined;
}

/** When the fields that only one side has are gaps. */
export interface Strictness {
  /** Those that only `from` has. */
  extra: 'always' | 'if-closed' | 'never';
  /** Those that only `to` has. */
  absent: 'always' | 'if-required';
  /** When an object of `to` is closed that is open in `from`, which refuses fields that no document names. */
  closed: 'always' | 'never';
}

/** All places at or below `where` at which `to` refuses what `from` allows: none means that every value of `from` is one of `to`. */
export function gaps(from: Side, to: Side, strictness: Strictness, where: string): Gap[] {
  return new Comparison(from.document, to.document, strictness).compare(from.schema, to.schema, where);
}

class Comparison {
  /** Pairs that are being compared: a schema may contain itself. */
  readonly #open = new Set<string>();

  readonly #from: JsonObject;
  readonly #to: JsonObject;
  readonly #strictness: Strictness;

  constructor(from: JsonObject, to: JsonObject, strictness: Strictness) {
    this.#from = from;
    this.#to = to;
    this.#strictness = strictness;
  }

  compare(fromSchema: Json | undefined, toSchema: Json | undefined, pointer: string): Gap[] {
    const pair = [fromSchema, toSchema].map((schema) => JSON.stringify(schema)).join();
    if (pair.includes('"$ref"')) {
      if (this.#open.has(pair)) return [];
      this.#open.add(pair);
    }
    const from = resolved(this.#from, fromSchema);
    const to = resolved(this.#to, toSchema);
    for (const schema of [fromSchema, toSchema, from, to]) mustUnderstand(schema, pointer);
    const found = this.#alternatives(from, to, pointer);
    this.#open.delete(pair);
    return found;
  }

  /** Each alternative of `from` must be one of `to`; of several that nearly are, the nearest is told of. */
  #alternatives(from: JsonObject, to: JsonObject, pointer: string): Gap[] {
    const [fromAlternatives, toAlternatives] = [alternativesOf(from), alternativesOf(to)];
    if (fromAlternatives.length === 1 && toAlternatives.length === 1) return this.#one(from, to, pointer);
    return fromAlternatives.flatMap((alternative) => {
      const isNull = typesOf(resolved(this.#from, alternative)).join() === 'null';
      const tries = toAlternatives
        .filter((candidate) => isNull === (typesOf(resolved(this.#to, candidate)).join() === 'null'))
        .map((candidate) => this.compare(alternative, candidate, pointer))
        .sort((a, b) => a.length - b.length);
      if (tries[0]) return tries[0];
      const [kind, text] = isNull
        ? (['null', 'null'] as const)
        : (['type', JSON.stringify(alternative)] as const);
      return [{ kind, pointer, from: text, to: isNull ? 'never null' : JSON.stringify(to) }];
    });
  }

  #one(from: JsonObject, to: JsonObject, pointer: string): Gap[] {
    const types = this.#types(from, to, pointer);
    if (types.some(({ kind }) => kind === 'type')) return types;
    return [
      ...types,
      ...this.#values(from, to, pointer),
      ...bounds(from, to).map(({ kind, from, to }: Bound) => ({ kind, pointer, from, to })),
      ...this.#fields(from, to, pointer),
      ...this.#inner('items', '/0', from, to, pointer),
      ...this.#inner('additionalProperties', '/*', from, to, pointer),
      ...this.#inner('propertyNames', '/* as a name', from, to, pointer),
    ];
  }

  #types(from: JsonObject, to: JsonObject, pointer: string): Gap[] {
    const [before, after] = [typesOf(from), typesOf(to)];
    const lost = before.filter(
      (type) => !after.includes(type) && !(type === 'integer' && after.includes('number')),
    );
    if (after.length === 0 || (before.length > 0 && lost.length === 0)) return [];
    const kind = lost.join() === 'null' ? 'null' : 'type';
    return [{ kind, pointer, from: before.join(' or ') || 'anything', to: after.join(' or ') }];
  }

  #values(from: JsonObject, to: JsonObject, pointer: string): Gap[] {
    const valuesOf = ({ enum: values, ...rest }: JsonObject) =>
      Array.isArray(values) ? values : 'const' in rest ? [rest['const']!] : undefined;
    const [before, after] = [valuesOf(from), valuesOf(to)];
    if (!after) return [];
    const lost = before?.filter((value) => !after.includes(value));
    if (lost?.length === 0) return [];
    const [all, rest] = [before?.join(', ') ?? 'anything', after.join(', ')];
    return [{ kind: 'enum', pointer, from: all, to: rest }];
  }

  #fields(from: JsonObject, to: JsonObject, pointer: string): Gap[] {
    const [before, after] = [fieldsOf(from), fieldsOf(to)];
    const needs = (schema: JsonObject, name: string) => ((schema['required'] ?? []) as Json[]).includes(name);
    const { extra, absent } = this.#strictness;
    const refusesMore = extra === 'always' || (extra === 'if-closed' && to['additionalProperties'] === false);
    const found: Gap[] = [];
    for (const [name, schema] of Object.entries(before)) {
      const at = `${pointer}/${name}`;
      if (name in after) found.push(...this.compare(schema, after[name], at));
      else if (refusesMore)
        found.push({
          kind: extra === 'always' ? 'removed' : 'unknown',
          pointer: at,
          from: 'there',
          to: 'not there',
        });
    }
    for (const name of Object.keys(after)) {
      const at = `${pointer}/${name}`;
      if (!(name in before) && absent === 'always')
        found.push({ kind: 'removed', pointer: at, from: 'not there', to: 'there' });
      else if (needs(to, name) && !needs(from, name))
        found.push({
          kind: 'missing',
          pointer: at,
          from: name in before ? 'optional' : 'not there',
          to: 'required',
        });
    }
    return found;
  }

  /** Where `from` does not have the keyword, it means `unsaid`; where `to` does not, nothing is refused. */
  #inner(keyword: string, below: string, from: JsonObject, to: JsonObject, pointer: string): Gap[] {
    const unsaid: JsonObject = keyword === 'propertyNames' ? { type: 'string' } : {};
    const [before, after] = [from[keyword] ?? unsaid, to[keyword] ?? true];
    const at = `${pointer}${below}`;
    if (keyword === 'additionalProperties' && before === false) return [];
    if (keyword === 'additionalProperties' && after === false)
      return this.#strictness.closed === 'never'
        ? []
        : [{ kind: 'unknown', pointer: at, from: 'open', to: 'closed' }];
    if (after === true || (isObject(after) && Object.keys(after).length === 0)) return [];
    return this.compare(before, after, at);
  }
}

const fieldsOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});
