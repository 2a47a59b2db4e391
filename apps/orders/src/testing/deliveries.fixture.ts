import { randomBytes } from 'node:crypto';
import * as contracts from '@shop/contracts';
import type { Reply } from '../model/vocabulary.ts';
import type { ReplyDelivery } from '../saga/replies.ts';

/** A reply as the consumer gets it: the contract's sample about this order, in a trace of its own. */
export function aReply(name: Reply, orderId: string, given: Record<string, unknown> = {}): ReplyDelivery {
  const { type, topic, schema } = contracts[name];
  const traceId = randomBytes(16).toString('hex');
  return {
    id: contracts.newId(),
    type,
    key: orderId,
    time: new Date(),
    source: topic.split('.')[1]!,
    payload: schema.parse({ ...(contracts.samples[type] as object), ...given, orderId }),
    traceId,
    carrier: { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` },
    attempt: 1,
  } as ReplyDelivery;
}
