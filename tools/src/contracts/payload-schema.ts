import type { MessageDefinition } from '@shop/contracts';
import { z } from 'zod';
import { isObject, type Json, type JsonObject } from './json.ts';

/** The body of a message as its consumers accept it (JSON Schema draft 7, as AsyncAPI uses it). What has an id becomes a component. */
export function payloadSchema({ schema }: MessageDefinition): {
  payload: JsonObject;
  components: JsonObject;
} {
  const {
    $schema: _,
    definitions = {},
    ...payload
  } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // The bounds of a double tell a reader nothing, nor does a format as a regular expression.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  }) as JsonObject;
  return {
    payload: toComponents(payload) as JsonObject,
    components: toComponents(definitions) as JsonObject,
  };
}

function toComponents(value: Json): Json {
  if (Array.isArray(value)) return value.map(toComponents);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'id' || typeof value['id'] !== 'string' || !('type' in value))
      .map(([name, child]) => [
        name,
        name === '$ref' && typeof child === 'string'
          ? child.replace('#/definitions/', '#/components/schemas/')
          : toComponents(child),
      ]),
  );
}
