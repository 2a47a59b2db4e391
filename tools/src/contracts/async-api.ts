import type { MessageDefinition } from '@shop/contracts';
import { ce, deadLetterTopic, partitionsPerTopic, retryTopic, traceHeaders } from '@shop/messaging/contract';
import { at, type JsonObject } from './json.ts';
import { keyPointer } from './key-pointer.ts';
import { payloadSchema } from './payload-schema.ts';

export interface DescribedMessage {
  definition: MessageDefinition;
  /** The name it has in code. */
  title: string;
  description?: string;
  sample: unknown;
}

export interface Party {
  name: string;
  sends: MessageDefinition[];
  receives: MessageDefinition[];
}

const bindingVersion = '0.5.0';
const text = { type: 'string' };
const headers = {
  type: 'object',
  required: [ce.specVersion, ce.id, ce.type, ce.source],
  properties: {
    [ce.specVersion]: { ...text, const: '1.0' },
    [ce.id]: { ...text, format: 'uuid', description: 'The same when it is sent again: it takes effect once' },
    [ce.type]: { ...text, description: 'The name of the message' },
    [ce.source]: { ...text, description: 'The service that sent it' },
    [ce.time]: { ...text, format: 'date-time' },
    [ce.contentType]: { ...text, const: 'application/json' },
    ...Object.fromEntries(traceHeaders.map((name) => [name, { ...text, description: 'W3C trace context' }])),
  },
};

/** The AsyncAPI 3.0 document of all messages: topics, bodies, keys, and which service sends and receives what. */
export function asyncApi(messages: DescribedMessage[], parties: Party[]): JsonObject {
  const described = messages.map((message) => ({ ...message, ...payloadSchema(message.definition) }));
  const schemas = Object.assign({}, ...described.map(({ components }) => components)) as JsonObject;
  const topics = [...new Set(messages.map(({ definition }) => definition.topic))];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Messages of the shop',
      version: '1.0.0',
      description: 'Commands and facts on Kafka: CloudEvents 1.0 in binary mode, JSON bodies.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((topic) => [topic, channel(topic, messages)])),
    operations: Object.fromEntries(parties.flatMap(operations)),
    components: {
      messages: Object.fromEntries(
        described.map((message) => [message.definition.type, messageObject(message, schemas)]),
      ),
      messageTraits: { cloudEvent: { headers } },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b))),
    },
  };
}

const channel = (topic: string, messages: DescribedMessage[]): JsonObject => ({
  address: topic,
  messages: Object.fromEntries(
    messages
      .map(({ definition }) => definition)
      .filter((definition) => definition.topic === topic)
      .map(({ type }) => [type, { $ref: `#/components/messages/${type}` }]),
  ),
  bindings: { kafka: { partitions: partitionsPerTopic, bindingVersion } },
});

function messageObject(
  { definition, title, description, sample, payload }: DescribedMessage & { payload: JsonObject },
  schemas: JsonObject,
): JsonObject {
  const key = keyPointer(definition);
  return {
    name: definition.type,
    title,
    ...(description && { description }),
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    payload,
    'x-key': key,
    bindings: { kafka: { key: keySchema(payload, schemas, key), bindingVersion } },
    examples: [{ payload: sample as JsonObject }],
  };
}

function keySchema(payload: JsonObject, schemas: JsonObject, key: string): JsonObject {
  const found = at({ ...payload, components: { schemas } }, key.replaceAll('/', '/properties/'));
  if (!found) throw new Error(`the key ${key} is no field of the payload`);
  return found as JsonObject;
}

function operations({ name, sends, receives }: Party): [string, JsonObject][] {
  const kafka = { groupId: { ...text, const: name }, bindingVersion };
  return [
    ...byTopic(sends).map(([topic, types]): [string, JsonObject] => [
      `${name}.send.${topic}`,
      { action: 'send', ...about(name, topic, types) },
    ]),
    ...byTopic(receives).map(([topic, types]): [string, JsonObject] => [
      `${name}.receive.${topic}`,
      {
        action: 'receive',
        ...about(name, topic, types),
        bindings: { kafka },
        'x-retry-topic': retryTopic(topic, name),
        'x-dead-letter-topic': deadLetterTopic(topic, name),
      },
    ]),
  ];
}

const about = (service: string, topic: string, types: string[]): JsonObject => ({
  channel: { $ref: `#/channels/${topic}` },
  messages: types.map((type) => ({ $ref: `#/channels/${topic}/messages/${type}` })),
  tags: [{ name: service }],
});

const byTopic = (definitions: MessageDefinition[]): [topic: string, types: string[]][] =>
  Object.entries(Object.groupBy(definitions, ({ topic }) => topic)).map(([topic, list = []]) => [
    topic,
    list.map(({ type }) => type),
  ]);
