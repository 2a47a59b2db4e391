import * as contracts from '@shop/contracts';
import type { DeliveryOf } from '@shop/messaging';
import type { Input, Reply } from '../model/vocabulary.ts';
import { replies } from '../model/vocabulary.ts';

/** The answers that the saga listens for: the table's names are the contracts' names. */
export const replyDefinitions = replies.map((name) => contracts[name]);
export type ReplyDelivery = DeliveryOf<typeof replyDefinitions>;

const byType = new Map(replies.map((name) => [contracts[name].type as string, name]));
const contexts = new Map(replies.map((name) => [name, contracts[name].topic.split('.')[1]!]));

/** A delivery as the saga and its timeline see it. */
export function readReply({ type, payload }: ReplyDelivery): {
  input: Input & { type: Reply };
  service: string;
  detail: Record<string, unknown>;
} {
  const name = byType.get(type)!;
  const { orderId: _, ...detail } = payload;
  const reason = 'code' in payload ? { code: payload.code, message: payload.message } : undefined;
  return { input: { type: name, reason }, service: contexts.get(name)!, detail };
}
