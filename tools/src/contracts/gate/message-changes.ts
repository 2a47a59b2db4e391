import { at, isObject, type JsonObject, resolved } from '../json.ts';
import { schemaFindings } from './compare.ts';
import type { Finding, RuleName } from './rules.ts';

const document = 'messages';

/** What breaks those who send, read, or have yet to read messages. */
export function messageChanges(before: JsonObject, after: JsonObject): Finding[] {
  const [known, now] = [messagesOf(before), messagesOf(after)];
  return [
    ...partitionFindings(before, after),
    ...Object.entries(known).flatMap(([type, was]) => {
      const is = now[type];
      if (!is) return [finding('message-type-removed', type, renamed(was, now))];
      return [
        ...changed('topic-changed', type, topicOf(before, type), topicOf(after, type)),
        ...changed('key-changed', type, was['x-key'], is['x-key']),
        ...sampleFindings(type, was, is),
        ...schemas('headers', type, [before, headersOf(before, was)], [after, headersOf(after, is)]),
        ...schemas('payload', type, [before, was['payload']], [after, is['payload']]),
      ];
    }),
  ];
}

const finding = (rule: RuleName, where: string, what: string): Finding => ({ rule, document, where, what });

const changed = (rule: RuleName, where: string, was: unknown, is: unknown): Finding[] =>
  was === is ? [] : [finding(rule, where, `was ${String(was)}, is ${String(is)}`)];

const schemas = (
  part: string,
  type: string,
  [before, was]: [JsonObject, JsonObject[string] | undefined],
  [after, is]: [JsonObject, JsonObject[string] | undefined],
) =>
  schemaFindings('message', {
    document,
    where: `${type}, ${part}`,
    before: { document: before, schema: was },
    after: { document: after, schema: is },
  });

const messagesOf = (asyncApi: JsonObject) =>
  (asyncApi['components'] as JsonObject)['messages'] as Record<string, JsonObject>;

const channelsOf = (asyncApi: JsonObject) =>
  Object.values(asyncApi['channels'] as Record<string, JsonObject>).map((channel) => ({
    address: String(channel['address']),
    types: Object.keys(channel['messages'] as JsonObject),
    partitions: at(channel, '/bindings/kafka/partitions'),
  }));

const topicOf = (asyncApi: JsonObject, type: string): string | undefined =>
  channelsOf(asyncApi).find(({ types }) => types.includes(type))?.address;

/** Those of the message and of all its traits together; of one name, the message's own. */
function headersOf(asyncApi: JsonObject, message: JsonObject): JsonObject {
  const traits = ((message['traits'] ?? []) as JsonObject[]).map((trait) => resolved(asyncApi, trait));
  return [...traits, message]
    .map(({ headers }) => resolved(asyncApi, headers))
    .reduce((all, one) => ({
      ...all,
      ...one,
      properties: { ...(all['properties'] as JsonObject), ...(one['properties'] as JsonObject) },
      required: [...new Set([all, one].flatMap(({ required }) => (required ?? []) as string[]))],
    }));
}

function partitionFindings(before: JsonObject, after: JsonObject): Finding[] {
  const now = new Map(channelsOf(after).map(({ address, partitions }) => [address, partitions]));
  return channelsOf(before)
    .filter(({ address }) => now.has(address))
    .flatMap(({ address, partitions }) =>
      changed('partitions-changed', address, partitions, now.get(address)),
    );
}

/** Whoever renames a type sees it as one change; for consumers the message is gone. */
function renamed({ title }: JsonObject, now: Record<string, JsonObject>): string {
  const [type] = Object.entries(now).find(([, message]) => message['title'] === title) ?? [];
  return type ? `is ${type} now` : 'is not there any more';
}

function sampleFindings(type: string, was: JsonObject, is: JsonObject): Finding[] {
  const [old, now] = [was, is].map(({ examples }) => {
    const [first] = Array.isArray(examples) ? examples : [];
    return isObject(first) ? JSON.stringify(first['payload']) : undefined;
  });
  return old === now ? [] : [finding('sample-edited', type, `was ${old}, is ${now}`)];
}
