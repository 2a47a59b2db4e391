import * as catalog from './catalog.events.ts';
import * as inventory from './inventory.messages.ts';
import type { MessageDefinition } from './message.ts';
import * as orders from './orders.events.ts';
import * as payments from './payments.messages.ts';

/** Every message of the shop. What is not here is unknown to all services and ends in a dead-letter topic. */
export const allMessages: readonly MessageDefinition[] = [catalog, inventory, orders, payments].flatMap(
  (context) => Object.values(context as Record<string, MessageDefinition>),
);
