import { isObject, type JsonObject } from '../json.ts';
import { code, fieldsText, table } from './type-text.ts';

interface Operation {
  action: 'send' | 'receive';
  service: string;
  topic: string;
  types: string[];
}

/** The topics drawn, and every message with its key, its fields, and who tells whom. */
export function messagesSection(document: JsonObject): string {
  const operations = operationsOf(document);
  const messages = (document['components'] as JsonObject)['messages'] as Record<string, JsonObject>;
  const topics = Object.keys(document['channels'] as JsonObject);
  return `## Messages

CloudEvents 1.0 in headers, JSON bodies; the key orders them. A consumer ignores fields that it does not know. What it cannot handle for now
goes to \`<topic>.<service>.retry\`, what it never will to \`<topic>.<service>.dlt\` (${code('npm run dlq')}).

\`\`\`mermaid
flowchart LR
${graph(operations).join('\n')}
\`\`\`

${topics.map((topic) => topicSection(topic, messages, operations)).join('\n\n')}
`;
}

function graph(operations: Operation[]): string[] {
  const topics = [...new Set(operations.map(({ topic }) => topic))];
  return [
    ...topics.map((topic) => `  ${id(topic)}[("${topic}")]`),
    ...operations.map(({ action, service, topic }) =>
      action === 'send'
        ? `  ${id(service)}(${service}) --> ${id(topic)}`
        : `  ${id(topic)} --> ${id(service)}(${service})`,
    ),
  ];
}

function topicSection(topic: string, messages: Record<string, JsonObject>, operations: Operation[]): string {
  const parties = (action: Operation['action'], type: string) =>
    operations
      .filter((operation) => operation.action === action && operation.types.includes(type))
      .map(({ service }) => service)
      .join(', ') || '(nobody)';
  const rows = Object.entries(messages)
    .filter(([type]) =>
      operations.some((operation) => operation.topic === topic && operation.types.includes(type)),
    )
    .map(([type, { payload, description = '', ...message }]) => [
      [code(type), String(description)].filter(Boolean).join('<br>'),
      `${parties('send', type)} → ${parties('receive', type)}`,
      code(String(message['x-key']).slice(1)),
      isObject(payload) ? code(fieldsText(payload)) : '',
    ]);
  return `### ${topic}\n\n${table(['Message', 'From → to', 'Key', 'Fields'], rows)}`;
}

const id = (name: string) => name.replaceAll(/[^a-z0-9]/g, '_');
const last = (reference: unknown) =>
  String((reference as JsonObject)['$ref'])
    .split('/')
    .at(-1)!;

const operationsOf = (document: JsonObject): Operation[] =>
  Object.values(document['operations'] as Record<string, JsonObject>).map((operation) => ({
    action: operation['action'] as Operation['action'],
    service: String(((operation['tags'] as JsonObject[])[0] ?? {})['name']),
    topic: last(operation['channel']),
    types: (operation['messages'] as JsonObject[]).map(last),
  }));
