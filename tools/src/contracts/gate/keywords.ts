import { isObject, type Json } from '../json.ts';

/** Limits that let more through when they are lower, and those that do when they are higher. */
export const least = ['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum'];
export const most = ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum'];
/** Whether one of them allows what another does is not looked into: another one is a change. */
export const shapes = ['pattern', 'format', 'contentEncoding', 'contentMediaType'];
/** Compared as they are written. Nothing in them may refer to a schema, whose changes would not be seen. */
export const compared = new Set([...least, ...most, ...shapes, 'multipleOf', 'uniqueItems']);

const alternatives = ['anyOf', 'oneOf'];
const inDepth = ['type', 'enum', 'const', 'properties', 'required', 'items', '$ref'];
const maps = ['additionalProperties', 'propertyNames'];
const annotations = ['title', 'description', 'default', 'example', 'examples', 'deprecated'];
const rest = ['readOnly', 'writeOnly', '$comment', '$id', 'id'];
const silent = new Set([...annotations, ...rest]);
const known = new Set([...compared, ...alternatives, ...inDepth, ...maps, ...silent]);

/** What was not compared could break everybody and pass, so the gate stops at keywords that it does not know. */
export function mustUnderstand(schema: Json | undefined, pointer: string): void {
  const names = isObject(schema) ? Object.keys(schema).filter((name) => !name.startsWith('x-')) : [];
  const choice = alternatives.find((name) => names.includes(name));
  const strange =
    schema === false
      ? ['the schema false']
      : names
          .filter((name) => !known.has(name) || (choice && name !== choice && !silent.has(name)))
          .map((name) => (known.has(name) ? `${name} beside ${choice}` : name));
  if (strange.length > 0)
    throw new Error(
      `${pointer}: the gate does not understand ${strange.join(', ')}. Say it in another way, or teach it in tools/src/contracts/gate.`,
    );
}
