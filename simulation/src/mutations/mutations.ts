import { CommitStock, type MessageDefinition, ReserveStock } from '@shop/contracts';
import { saga as table } from '@shop/orders/saga';
import type { MemoryOutbox } from '../memory/outbox.ts';
import type { MemoryTx } from '../memory/tx.ts';
import { deliveryOf } from '../transport/message.ts';
import type { Mutation } from './mutation.ts';

export const mutations = {
  'no-inbox': {
    breaks: 'a message takes effect once: no service remembers what it has handled',
    apply: ({ shop }) => {
      for (const service of shop.services) service.claim = (_tx, messages) => messages.map(deliveryOf);
    },
  },
  'no-release': {
    breaks: 'a compensation: stock is never released',
    apply: ({ shop }) => filter(shop.orders.outbox, ({ type }) => !type.includes('release-stock')),
  },
  'no-cancel': {
    breaks: 'a compensation: a payment is never cancelled',
    apply: ({ shop }) => filter(shop.orders.outbox, ({ type }) => !type.includes('cancel-payment')),
  },
  'commit-before-reserve': {
    breaks: 'the order of steps: stock is committed before it is reserved',
    apply: ({ shop: { orders } }) => {
      const publish = orders.outbox.publish.bind(orders.outbox);
      orders.outbox.publish = (tx, definition, payload) => {
        const { orderId } = payload as { orderId: string };
        if (definition.type === ReserveStock.type) publish(tx, CommitStock, { orderId });
        publish(tx, definition, payload);
      };
    },
  },
  'no-late-replies': {
    breaks: 'the table: an order that has ended knows no late answers',
    apply: () => {
      const ends = [table.REJECTED, table.CANCELLED];
      const before = ends.map(({ on }) => on);
      for (const end of ends) end.on = { CancelRequested: 'refuse', RefundRequested: 'refuse' };
      return () => ends.forEach((end, index) => (end.on = before[index]!));
    },
  },
  'no-reaper': {
    breaks: 'deadlines: nobody looks for steps that take too long',
    apply: ({ shop }) => {
      shop.orders.reaper.reap = () => Promise.resolve(0);
    },
  },
  'new-key-per-call': {
    breaks: 'the idempotency key: each authorisation is sent under a new one',
    apply: ({ shop: { provider } }) => {
      const receive = provider.receive.bind(provider);
      let calls = 0;
      provider.receive = (request) => {
        if (request.path !== '/v1/payments') return receive(request);
        const key = `${request.headers!['idempotency-key']} ${++calls}`;
        return receive({ ...request, headers: { ...request.headers, 'idempotency-key': key } });
      };
    },
  },
  'stale-stock': {
    breaks: 'the lock on stock: levels are read as if nothing were reserved',
    apply: ({ shop: { inventory } }) => {
      const lock = inventory.rows.lock.bind(inventory.rows);
      inventory.rows.lock = async (tx, commands) => {
        const { levels, ...held } = await lock(tx, commands);
        return { ...held, levels: levels.map((level) => ({ ...level, reserved: 0 })) };
      };
    },
  },
  'unordered-relay': {
    breaks: 'the order of a key: a message that the broker refuses does not hold up those behind it',
    apply: ({ shop }) => {
      for (const { outbox } of shop.services)
        outbox.sendable = (key, now) => outbox.rows.get(key)!.filter((row) => !outbox.isBlocked(row, now));
    },
  },
  'send-before-commit': {
    breaks: 'the outbox: what a transaction publishes leaves even if it is rolled back',
    apply: ({ shop }) => {
      const now = { effect: (effect: () => void) => effect() } as MemoryTx;
      for (const { outbox } of shop.services) redirect(outbox, () => now);
    },
  },
  'send-after-commit': {
    breaks: 'the outbox: messages are sent once the transaction is over, and lost when that goes wrong',
    apply: ({ shop }) => {
      for (const { outbox } of shop.services)
        redirect(outbox, (tx) => ({ effect: (effect: () => void) => tx.afterCommit(effect) }) as MemoryTx);
    },
  },
  'ack-before-handling': {
    breaks: 'the offset: it counts as finished before the messages are handled',
    apply: ({ shop }) => {
      for (const service of shop.services) {
        const deliver = service.deliver.bind(service);
        // Whatever happens then, the messages do not come again.
        service.deliver = (messages, partition) => deliver(messages, partition).catch(() => undefined);
      }
    },
  },
} satisfies Record<string, Mutation>;

export type MutationName = keyof typeof mutations;
export const mutationNames = Object.keys(mutations) as MutationName[];

function filter(outbox: MemoryOutbox, keeps: (definition: MessageDefinition) => boolean): void {
  const publish = outbox.publish.bind(outbox);
  outbox.publish = (tx, definition, payload) => {
    if (keeps(definition)) publish(tx, definition, payload);
  };
}

/** Publishes with another transaction than the one that was given. */
function redirect(outbox: MemoryOutbox, to: (tx: MemoryTx) => MemoryTx): void {
  const publish = outbox.publish.bind(outbox);
  outbox.publish = (tx, definition, payload) => publish(to(tx), definition, payload);
}
