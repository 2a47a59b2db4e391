import type { JsonObject } from '../json.ts';
import { httpChanges } from './http-changes.ts';
import type { Finding } from './rules.ts';

const json = (schema: object) => ({ 'application/json': { schema } });

/** A small API with one of everything that can break. */
export const api = () => ({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{id}': {
      get: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
          { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } },
          { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } },
        ] as JsonObject[],
        responses: {
          '200': {
            headers: { ETag: { schema: { type: 'string' } } } as JsonObject,
            content: json({ $ref: '#/components/schemas/Thing' }),
          },
          '304': {},
          '404': { content: json({ type: 'object' }) },
        } as JsonObject,
      } as JsonObject,
      put: {
        requestBody: { required: true, content: json({ $ref: '#/components/schemas/NewThing' }) },
        responses: { '204': {} },
        security: [{ bearer: [] }],
        'x-access': { scope: 'orders' },
      } as JsonObject,
    },
  },
  components: {
    schemas: {
      Thing: object({
        id: { type: 'string' },
        state: { type: 'string', enum: ['new', 'old'] },
        size: { type: ['integer', 'null'], minimum: 1 },
        note: { anyOf: [{ type: 'string', maxLength: 10 }, { type: 'null' }] },
        // It may hold its like.
        parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
        about: { type: 'object' },
      }),
      NewThing: {
        ...object({
          name: { type: 'string', maxLength: 20, pattern: '^[a-z]*$' },
          state: { type: 'string', enum: ['new', 'old'] },
          size: { type: ['integer', 'null'], minimum: 1 },
          count: { type: 'number' },
          labels: { type: 'object' },
        }),
        required: ['name'],
      },
    },
  },
});

type Fields = Record<string, JsonObject>;
const object = (properties: Fields) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
export type Api = ReturnType<typeof api>;
export type Change = (api: Api) => unknown;

/** What a change breaks. */
export function apiChanges(change: Change): Finding[] {
  const after = api();
  change(after);
  return httpChanges('things', api() as unknown as JsonObject, after as unknown as JsonObject);
}

export const given = (document: Api) => document.components.schemas.Thing;
export const taken = (document: Api) => document.components.schemas.NewThing;

const message = (type: string, payload: JsonObject): JsonObject => ({
  name: type,
  title: 'ThingMade',
  traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
  payload,
  'x-key': '/thingId',
  examples: [{ payload: { thingId: '1' } }],
});

/** Messages with one of everything that can break. */
export const messages = () => ({
  asyncapi: '3.0.0',
  info: { title: 'Messages', version: '1' },
  channels: {
    things: {
      address: 'shop.things.events.v1',
      messages: { 'thing-made.v1': { $ref: '#/components/messages/thing-made.v1' } } as JsonObject,
      bindings: { kafka: { partitions: 6 } },
    },
  },
  components: {
    messages: {
      'thing-made.v1': message('thing-made.v1', {
        type: 'object',
        properties: {
          thingId: { type: 'string' },
          state: { type: 'string', enum: ['new', 'old'] },
          size: { type: 'integer', minimum: 1 },
          price: { $ref: '#/components/schemas/Money' },
          note: { type: 'string' },
        },
        required: ['thingId', 'state', 'size', 'price'],
      }),
    } as Record<string, JsonObject>,
    messageTraits: {
      cloudEvent: {
        headers: {
          type: 'object',
          required: ['ce_id'],
          properties: { ce_id: {}, ce_time: {} } as JsonObject,
        },
      },
    },
    schemas: { Money: object({ amount: { type: 'integer' } }) },
  },
});
export type Messages = ReturnType<typeof messages>;
