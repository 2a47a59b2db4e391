import type { z } from 'zod';

/**
 * A message declared once, as a value: its versioned type (`ce_type`), its topic, its body and the key that orders it.
 * Commands and facts look alike; the topic says which it is.
 */
export interface MessageDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly topic: string;
  readonly schema: Schema;
  /** The Kafka key: messages of one key are delivered in order. */
  key(payload: z.output<Schema>): string;
}

/** The body of a message, as a handler receives it. */
export type PayloadOf<D extends MessageDefinition> = z.output<D['schema']>;

export function defineMessage<const Type extends string, Schema extends z.ZodType>(
  definition: MessageDefinition<Type, Schema>,
): MessageDefinition<Type, Schema> {
  return Object.freeze(definition);
}
