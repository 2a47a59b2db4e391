import * as contracts from '@shop/contracts';
import { asyncApi, type DescribedMessage } from './async-api.ts';
import type { JsonObject } from './json.ts';
import { services } from './services.ts';
import { contractComments, contractsUsedBy } from './sources.ts';

export interface Documents {
  /** By app. */
  openApi: Record<string, JsonObject>;
  asyncApi: JsonObject;
}

/** The documents of everything that the apps say to each other and to the world, made from their own code. Nothing has to run. */
export async function currentDocuments(root: string): Promise<Documents> {
  const openApi: Documents['openApi'] = {};
  for (const { name, http } of services) {
    const document = plain(await http());
    if (Object.keys(document['paths'] as object).length > 0) openApi[name] = document;
  }
  return { openApi, asyncApi: plain(await messagesDocument(root)) };
}

async function messagesDocument(root: string): Promise<JsonObject> {
  const comments = await contractComments(root);
  const messages = contracts.allMessages.map((definition): DescribedMessage => {
    const title = titleOf(definition);
    return {
      definition,
      title,
      description: comments.get(title),
      sample: contracts.samples[definition.type],
    };
  });
  const parties = await Promise.all(
    services.map(async ({ name, receives: handled }) => {
      const receives = handled();
      const used = await contractsUsedBy(root, name);
      // What an app names and does not handle, it sends: there is no other use of a message.
      const sends = messages
        .filter(({ title, definition }) => used.has(title) && !receives.includes(definition))
        .map(({ definition }) => definition);
      return { name, sends, receives };
    }),
  );
  return asyncApi(messages, parties);
}

const names = new Map(Object.entries(contracts).map(([name, value]) => [value as unknown, name]));

function titleOf(definition: contracts.MessageDefinition): string {
  const name = names.get(definition);
  if (!name) throw new Error(`${definition.type} is not exported by @shop/contracts`);
  return name;
}

const plain = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
