import type { Violation } from './verdict.ts';

export interface Letter {
  messageId: string;
  reason: string;
  group: string;
  type: string;
}

/** The dead letters are exactly the poisoned messages: none more, none missing. */
export function strayLetters(poisoned: ReadonlySet<string>, letters: readonly Letter[]): Violation[] {
  const found = new Set(letters.map(({ messageId }) => messageId));
  const stray = letters
    .filter(({ messageId }) => !poisoned.has(messageId))
    .map(({ messageId, group, type, reason }) => ({
      about: messageId,
      what: `${group} parked ${type}: ${reason}`,
    }));
  const missing = [...poisoned]
    .filter((id) => !found.has(id))
    .map((id) => ({ about: id, what: 'was poisoned and is not parked' }));
  return [...stray, ...missing];
}
