import type { MessageDefinition, PayloadOf } from '@shop/contracts';
import type { Tx } from '@shop/persistence';

/** A message as it reached this service. */
export interface Delivery<D extends MessageDefinition = MessageDefinition> {
  /** The message's own id (`ce_id`); the same for every copy of it. */
  readonly id: string;
  readonly type: D['type'];
  readonly key: string;
  /** When it was published. */
  readonly time: Date;
  /** The service that published it. */
  readonly source: string;
  readonly payload: PayloadOf<D>;
  /** The trace it belongs to; '' when it has none. */
  readonly traceId: string;
  /** The W3C trace context it carried. */
  readonly carrier: Record<string, string>;
  /** 1 on the main topic, one more for each round through the retry topic. */
  readonly attempt: number;
}

/** The deliveries of several definitions, told apart by `type`. */
export type DeliveryOf<Definitions extends readonly MessageDefinition[]> = {
  [Index in keyof Definitions]: Delivery<Definitions[Index]>;
}[number];

/** `tx` is the transaction that also records the message as handled; a stateless service has none and must not touch it. */
export interface MessageContext {
  readonly tx: Tx;
  readonly delivery: Delivery;
}

export interface BatchContext {
  readonly tx: Tx;
}
