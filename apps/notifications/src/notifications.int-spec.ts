import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  newId,
  OrderCancelled,
  OrderConfirmed,
  OrderRefunded,
  OrderRejected,
  samples,
  topics,
} from '@shop/contracts';
import { KafkaTransport } from '@shop/messaging';
import { createTopics } from '@shop/messaging/topics';
import { type RunningService, startService } from '@shop/service-kit';
import { eventually, produce, Scrape, testBrokers } from '@shop/testing';
import { type MailServer, startMailServer } from './mail-server.fixture.ts';
import { notificationsConfig } from './notifications.config.ts';
import { notificationsModule } from './notifications.module.ts';

const start = (env: Record<string, string>) =>
  startService({
    name: 'notifications',
    config: notificationsConfig,
    module: notificationsModule,
    transports: [KafkaTransport],
    env: { PORT: '0', HOST: '127.0.0.1', KAFKA_BROKERS: testBrokers().join(','), ...env },
  });

/** Publishes what orders would, and answers the event's id. */
async function happen({ type }: { type: string }, id = newId()): Promise<string> {
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: 'orders',
    ce_time: '2030-01-01T12:00:00.000Z',
    'content-type': 'application/json',
  };
  const event = samples[type] as { orderId: string };
  await produce(testBrokers(), {
    topic: topics.ordersEvents,
    key: event.orderId,
    value: JSON.stringify(event),
    headers,
  });
  return id;
}

describe('an event of an order', () => {
  let folder: string;
  let service: RunningService | undefined;
  let server: MailServer | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mail-'));
    await createTopics(testBrokers());
  });
  afterAll(async () => {
    await service?.close();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  const mailOf = (id: string) => eventually(() => readFile(join(folder, `${id}.eml`), 'utf8'));

  /** Others publish on this topic as well. */
  async function mailsAbout({ orderId }: { orderId: string }): Promise<string[]> {
    const names = await readdir(folder);
    const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return mails.filter((mail) => mail.includes(`Order ${orderId}`));
  }

  it('becomes one e-mail, however often it is delivered', async () => {
    service = await start({ MAIL_DIR: folder });
    const subjects = {
      'Your order is confirmed': await happen(OrderConfirmed),
      'We could not complete your order': await happen(OrderRejected),
      'Your order is cancelled': await happen(OrderCancelled),
      'Your order is refunded': await happen(OrderRefunded),
    };
    for (const [subject, id] of Object.entries(subjects))
      expect(await mailOf(id)).toContain(`Subject: ${subject}`);

    await happen(OrderConfirmed, subjects['Your order is confirmed']);
    await mailOf(await happen(OrderRefunded));
    expect(await mailsAbout(samples[OrderConfirmed.type] as { orderId: string })).toHaveLength(5);
    const metrics = await Scrape.of(service.url);
    expect(metrics.value('shop_mails_total', { outcome: 'sent' })).toBeGreaterThanOrEqual(5);
    expect(metrics.value('shop_mails_total', { outcome: 'failed' })).toBe(0);
    await service.close();
  });

  it('waits for a mail server that is down, and is sent when it is back', async () => {
    const down = await startMailServer();
    await down.stop();
    service = await start({ SMTP_URL: down.url });
    const id = await happen(OrderConfirmed);
    await eventually(async () =>
      expect(
        (await Scrape.of(service!.url)).value('shop_mails_total', { outcome: 'failed' }),
      ).toBeGreaterThan(0),
    );
    server = await startMailServer({ port: Number(new URL(down.url).port) });
    await eventually(() =>
      expect(server!.received.filter(({ text }) => text.includes(`Message-ID: <${id}@`))).toHaveLength(1),
    );
  });
});
