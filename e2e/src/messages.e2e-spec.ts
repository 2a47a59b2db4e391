import { readFile } from 'node:fs/promises';
import { describe, expect } from '@jest/globals';
import { Ajv } from 'ajv';
import { quietKafka, readRecords, stretchesOf } from './faults/records.ts';
import { orderOf, placed, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

interface Operation {
  action: 'send' | 'receive';
  channel: { $ref: string };
  messages: { $ref: string }[];
  tags: [{ name: string }];
}
interface AsyncApi {
  channels: Record<string, { address: string }>;
  operations: Record<string, Operation>;
  components: {
    messages: Record<string, { 'x-key': string }>;
    messageTraits: { cloudEvent: { headers: { required: string[] } } };
  };
}

const file = new URL('../../docs/api/asyncapi.json', import.meta.url);
const last = ({ $ref }: { $ref: string }) => $ref.split('/').at(-1)!;
// What other suites put into the topics to see it parked.
const strangers = new Set(['e2e', 'faults']);

describe('the document of the messages', () => {
  ownShop('says who sends each, on which topic, under which key, and what it looks like', async () => {
    const [admin, customer] = [await shop.admin(), await shop.customer()];
    const { id: productId } = await aProductInStock(admin, 10);
    const order = await placed(customer, orderOf(productId));
    await untilStatus(customer, order.id, 'CONFIRMED');
    await admin.post('/v1/admin/orders/{id}/refund', { path: { id: order.id }, header: withKey() });
    await untilStatus(customer, order.id, 'REFUNDED');
    const declined = await placed(customer, orderOf(productId, { paymentToken: 'tok_declined' }));
    await untilStatus(customer, declined.id, 'REJECTED');

    const document = JSON.parse(await readFile(file, 'utf8')) as AsyncApi;
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema(document, 'document');
    const senders = new Set(
      Object.values(document.operations)
        .filter(({ action }) => action === 'send')
        .flatMap(({ channel, messages, tags }) =>
          messages.map((message) => `${tags[0].name} ${last(channel)} ${last(message)}`),
        ),
    );
    const [seen, faults] = [new Set<string>(), new Set<string>()];
    const kafka = quietKafka(shop.own.brokers);
    const topics = Object.values(document.channels).map(({ address }) => address);
    await readRecords(kafka, await stretchesOf(kafka, topics), ({ topic, key, value, headers }) => {
      const [type, source] = [String(headers['ce_type']), String(headers['ce_source'])];
      if (strangers.has(source)) return;
      seen.add(type);
      const payload: unknown = JSON.parse(String(value));
      const pointer = document.components.messages[type]?.['x-key'] ?? '';
      if (!senders.has(`${source} ${topic} ${type}`)) faults.add(`${source} sends ${type} on ${topic}`);
      if (String(key) !== (payload as Record<string, unknown>)[pointer.slice(1)])
        faults.add(`${type} is not keyed by ${pointer}`);
      for (const name of document.components.messageTraits.cloudEvent.headers.required)
        if (headers[name] === undefined) faults.add(`${type} has no ${name}`);
      const validate = ajv.compile({ $ref: `document#/components/messages/${type}/payload` });
      if (!validate(payload)) faults.add(`${type} ${ajv.errorsText(validate.errors)}`);
    });
    expect([...faults]).toEqual([]);
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'shop.catalog.product-changed.v1',
        'shop.inventory.stock-committed.v1',
        'shop.payments.payment-refunded.v1',
        'shop.payments.payment-declined.v1',
        'shop.orders.order-refunded.v1',
        'shop.orders.order-rejected.v1',
      ]),
    );
  });
});
