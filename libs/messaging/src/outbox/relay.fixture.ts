import { newId } from '@shop/contracts';
import { KafkaJsBroker } from '../broker/kafkajs.ts';
import type { OutgoingMessage, Producer } from '../broker/port.ts';
import type { World } from '../messaging.fixture.ts';
import { defaults, type Tuning } from '../tuning.ts';
import { Lanes } from './lanes.ts';
import { Outbox } from './outbox.ts';
import { OutboxStore } from './outbox-store.ts';
import { Relay } from './relay.ts';
import { RelayConnection } from './relay-connection.ts';
import { WakeUp } from './wake-up.ts';

const quick = { leaseMs: 1_500, roundMs: 100, outageBaseMs: 20, outageMaxMs: 50, cleanAfterMs: 0 };

interface Bending {
  /** Replaces parts of the producer. */
  producer?: (real: Producer) => Partial<Producer>;
  clock?: () => number;
  tuning?: Partial<Tuning>;
}

/** A running relay without a service around it, and an outbox that hands over to it. */
export function relayOn(
  { database, transactions, brokers }: World,
  { producer: bend, clock, tuning }: Bending = {},
) {
  const real = new KafkaJsBroker('relay', brokers, () => {}).producer();
  const producer: Producer = {
    connect: () => real.connect(),
    send: (messages) => real.send(messages),
    close: () => real.close(),
    ...bend?.(real),
  };
  const settings = { ...defaults, ...quick, ...tuning };
  const connection = new RelayConnection(database);
  const lanes = new Lanes(connection, newId(), settings.leaseMs, clock);
  const relay = new Relay(new OutboxStore(connection), lanes, new WakeUp(connection), producer, settings);
  relay.start();
  return {
    relay,
    lanes,
    transactions,
    outbox: new Outbox('spec', (rows) => relay.offer(rows)),
    /** As kill -9 does: nothing is flushed, no lease is released. */
    async kill() {
      await connection.close();
      void relay.stop();
      await real.close();
    },
    async [Symbol.asyncDispose]() {
      await relay.stop();
      await connection.close();
      await real.close();
    },
  };
}

/** An outbox whose process has no relay. */
export const outboxWithoutRelay = ({ transactions }: World) => ({
  transactions,
  outbox: new Outbox('spec', () => {}),
});

export const bodiesOf = (
  messages: readonly { value: OutgoingMessage['value'] }[],
): { key: string; n: number }[] =>
  messages.map(({ value }) => JSON.parse(String(value)) as { key: string; n: number });

/** What a consumer with an inbox makes of it: the first copy of each message. */
export const firstCopies = <T extends { headers: { ce_id?: unknown } }>(messages: readonly T[]): T[] => {
  const seen = new Set<string>();
  return messages.filter(
    ({ headers }) => !seen.has(String(headers.ce_id)) && seen.add(String(headers.ce_id)),
  );
};
