import { allMessages, type MessageDefinition } from '@shop/contracts';
import type { JsonObject } from '../json.ts';
import type { Finding } from './rules.ts';

/** Holds the golden samples of the released messages against the schemas of today, which say more than JSON Schema can. */
export function refusedSamples(
  released: JsonObject,
  definitions: readonly MessageDefinition[] = allMessages,
): Finding[] {
  const messages = (released['components'] as JsonObject)['messages'] as Record<string, JsonObject>;
  return definitions.flatMap((definition) => {
    const examples = (messages[definition.type]?.['examples'] ?? []) as { payload: unknown }[];
    return examples.flatMap(({ payload }): Finding[] => {
      const result = definition.schema.safeParse(payload);
      if (result.success) return [];
      const what = result.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`).join(', ');
      return [{ rule: 'sample-refused', document: 'messages', where: definition.type, what }];
    });
  });
}
