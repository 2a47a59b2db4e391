import { beforeAll, describe, expect, it } from '@jest/globals';
import { allMessages } from '@shop/contracts';
import { subscriptions } from '@shop/messaging/topics';
import { currentDocuments, type Documents } from './documents.ts';
import { isObject, type Json, type JsonObject, resolved } from './json.ts';

const root = new URL('../../..', import.meta.url).pathname;

describe('the documents of the services', () => {
  let documents: Documents;
  const operations = () => documents.asyncApi['operations'] as Record<string, JsonObject>;
  beforeAll(async () => void (documents = await currentDocuments(root)), 60_000);

  it('are the same when they are made again', async () => {
    expect(JSON.stringify(await currentDocuments(root))).toBe(JSON.stringify(documents));
  });

  it('are one for each app that speaks HTTP, and every answer has its schema', () => {
    expect(Object.keys(documents.openApi)).toEqual(
      expect.arrayContaining(['gateway', 'catalog', 'inventory', 'orders', 'payments', 'psp-sandbox']),
    );
    for (const [app, { paths }] of Object.entries(documents.openApi)) {
      for (const [path, methods] of Object.entries(paths as JsonObject)) {
        for (const [method, operation] of Object.entries(methods as JsonObject)) {
          const answers = (operation as JsonObject)['responses'] as Record<string, JsonObject>;
          const unsaid = Object.entries(answers)
            .filter(([status, { content }]) => !content && status !== '204' && status !== '304')
            .map(([status]) => `${app} ${method} ${path} ${status}`);
          expect(unsaid).toEqual([]);
        }
      }
    }
  });

  it('refer to nothing that they lack', () => {
    for (const document of [documents.asyncApi, ...Object.values(documents.openApi)]) {
      for (const $ref of references(document)) expect(() => resolved(document, { $ref })).not.toThrow();
    }
  });

  it('tell of every message who sends it and who receives it', () => {
    const told = (action: string) =>
      new Set(
        Object.values(operations())
          .filter((operation) => operation['action'] === action)
          .flatMap((operation) => (operation['messages'] as JsonObject[]).map(({ $ref }) => $ref)),
      );
    const all = new Set(allMessages.map(({ topic, type }) => `#/channels/${topic}/messages/${type}`));
    expect(told('send')).toEqual(all);
    expect(told('receive')).toEqual(all);
  });

  it('tell of the same subscriptions as those that topics are created for', () => {
    const told = Object.values(operations())
      .filter((operation) => operation['action'] === 'receive')
      .map((operation) => operation['x-retry-topic']);
    const created = Object.entries(subscriptions).flatMap(([group, topics]) =>
      topics.map((topic) => `${topic}.${group}.retry`),
    );
    expect(told.sort()).toEqual(created.sort());
  });
});

function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  const { $ref } = value;
  return typeof $ref === 'string' ? [$ref] : Object.values(value).flatMap(references);
}
