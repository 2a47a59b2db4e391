import { describe, expect, it } from '@jest/globals';
import { allMessages } from './catalogue.ts';
import { samples } from './samples.ts';
import { topics } from './topics.ts';

describe('the message catalogue', () => {
  it('gives every message a versioned type of its own', () => {
    const types = allMessages.map((message) => message.type);
    expect(new Set(types).size).toBe(types.length);
    for (const type of types) expect(type).toMatch(/^shop\.[a-z]+\.[a-z-]+\.v\d+$/);
  });

  it('puts each message on a topic of its own context', () => {
    for (const { type, topic } of allMessages) {
      expect(Object.values(topics)).toContain(topic);
      expect(topic.split('.')[1]).toBe(type.split('.')[1]);
    }
  });

  it.each(allMessages.map((message) => [message.type, message] as const))(
    'still reads the golden sample of %s',
    (type, message) => {
      const sample = samples[type];
      expect(sample).toBeDefined();
      expect(message.schema.parse(sample)).toEqual(sample);
      expect(message.key(message.schema.parse(sample))).toEqual(expect.any(String));
    },
  );

  it.each(allMessages.map((message) => [message.type, message] as const))(
    '%s tolerates a field of a later version',
    (type, message) => {
      expect(message.schema.safeParse({ ...(samples[type] as object), addedLater: true }).success).toBe(true);
    },
  );
});
