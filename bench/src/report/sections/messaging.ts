import type { MessagingResult } from '../../scenarios/messaging.ts';
import { fine, whole } from '../figures.ts';
import { bars } from '../plots.ts';
import { type Section, table } from '../section.ts';

export function messagingSection({ messages, raw, replicas }: MessagingResult): Section {
  return {
    title: 'Messaging: outbox and inbox',
    text: [
      `${messages.toLocaleString('en')} events lie in the catalogue's outbox; its relays send them to Kafka, acknowledged and then deleted. Meanwhile the consumers of orders,
which have their partitions, are held; let go, they handle all of it: inbox and effect in one transaction per batch. Against plain kafkajs in one process, batches of 500, without any
database. Counted between a tenth and nine tenths of the messages. Messages per second:`,
      table(
        ['replicas', 'outbox relay', '÷ raw', 'consumer with inbox', '÷ raw'],
        [
          ...replicas.map((at) => [
            String(at.replicas),
            whole(at.relayed),
            fine(at.relayed / raw.produced),
            whole(at.consumed),
            fine(at.consumed / raw.consumed),
          ]),
          ['raw kafkajs', whole(raw.produced), '1', whole(raw.consumed), '1'],
        ],
      ),
      '![Messages per second](messaging.svg)',
    ],
    plots: {
      'messaging.svg': bars({ title: 'Messages through outbox and inbox', values: 'messages per second' }, [
        { name: 'raw kafkajs', values: { sent: raw.produced, handled: raw.consumed } },
        ...replicas.map((at) => ({
          name: at.replicas === 1 ? '1 process' : `${at.replicas} replicas`,
          values: { sent: at.relayed, handled: at.consumed },
        })),
      ]),
    },
  };
}
