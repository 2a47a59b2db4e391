import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, OrderCancelled, OrderConfirmed, OrderRefunded, samples, topics } from '@shop/contracts';
import { KafkaTransport } from '@shop/messaging';
import { listDeadLetters } from '@shop/messaging/dead-letters';
import { createTopics } from '@shop/messaging/topics';
import { type RunningService, startService } from '@shop/service-kit';
import { eventually, produce, Scrape, testBrokers } from '@shop/testing';
import { orderInvoiceConfig } from './order-invoice.config.ts';
import { orderInvoiceModule } from './order-invoice.module.ts';
import { textOf } from './pdf-text.fixture.ts';

const aConfirmedOrder = () => ({
  ...(samples[OrderConfirmed.type] as { orderId: string }),
  orderId: newId(),
});

/** Publishes what orders would. */
async function happen({ type }: { type: string }, event: { orderId: string }, id = newId()): Promise<string> {
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: 'orders',
    ce_time: '2030-01-01T12:00:00.000Z',
    'content-type': 'application/json',
  };
  const message = { topic: topics.ordersEvents, key: event.orderId, value: JSON.stringify(event), headers };
  await produce(testBrokers(), message);
  return id;
}

describe('an event of an order', () => {
  let folder: string;
  let service: RunningService;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'invoices-'));
    await createTopics(testBrokers());
    service = await startService({
      name: 'order-invoice',
      config: orderInvoiceConfig,
      module: orderInvoiceModule,
      transports: [KafkaTransport],
      env: { PORT: '0', HOST: '127.0.0.1', KAFKA_BROKERS: testBrokers().join(','), INVOICE_DIR: folder },
    });
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  const bytesOf = (kind: string, { orderId }: { orderId: string }) =>
    eventually(() => readFile(join(folder, kind, `${orderId}.pdf`)));

  it('becomes one invoice, however often it is delivered', async () => {
    const order = aConfirmedOrder();
    const id = await happen(OrderConfirmed, order);
    const first = await bytesOf('invoices', order);
    expect((await textOf(first)).flat()).toEqual(
      expect.arrayContaining([
        `Invoice INV-${order.orderId}`,
        'Date: 2030-01-01',
        'Customer: alice',
        'EUR 39.98',
      ]),
    );
    const before = await stat(join(folder, 'invoices', `${order.orderId}.pdf`));
    await happen(OrderConfirmed, order, id);
    // Of the same key, so it comes after the repeated one.
    await happen(OrderRefunded, order);
    await bytesOf('credit-notes', order);
    const { ino, mtimeMs } = await stat(join(folder, 'invoices', `${order.orderId}.pdf`));
    expect({ ino, mtimeMs }).toEqual({ ino: before.ino, mtimeMs: before.mtimeMs });
    const metrics = await Scrape.of(service.url);
    expect(metrics.value('shop_invoices_total', { outcome: 'stored' })).toBeGreaterThanOrEqual(2);
    expect(metrics.value('shop_invoices_total', { outcome: 'repeated' })).toBeGreaterThanOrEqual(1);
    expect(metrics.value('shop_invoices_total', { outcome: 'failed' })).toBe(0);
  });

  it('becomes a credit note beside the invoice when the order is refunded, and nothing when it is cancelled', async () => {
    const order = aConfirmedOrder();
    const ended = { ...(samples[OrderCancelled.type] as object), orderId: newId() };
    await happen(OrderCancelled, ended);
    await happen(OrderConfirmed, order);
    await happen(OrderRefunded, order);
    await bytesOf('credit-notes', order);
    await bytesOf('invoices', order);
    expect(await readdir(join(folder, 'invoices'))).not.toContain(`${ended.orderId}.pdf`);
  });

  it('that is poison is parked and holds up nobody', async () => {
    const poison = await happen(OrderConfirmed, { ...aConfirmedOrder(), total: 'much' } as never);
    const order = aConfirmedOrder();
    await happen(OrderConfirmed, order);
    await bytesOf('invoices', order);
    await eventually(async () => {
      const letters = await listDeadLetters(testBrokers(), { group: 'order-invoice' });
      expect(letters.filter(({ messageId }) => messageId === poison)).toMatchObject([
        { reason: 'message/invalid', attempts: 0 },
      ]);
    });
  });
});
