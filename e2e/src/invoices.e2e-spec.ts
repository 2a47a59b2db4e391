import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from '@jest/globals';
import { newId, OrderConfirmed, samples } from '@shop/contracts';
import { eventually } from '@shop/testing';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { ownShop, shop } from './support/shop.ts';

const main = new URL('../../apps/order-invoice/dist/main.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'invoices-'));

const invoices = (): string[] => {
  try {
    return readdirSync(join(folder, 'invoices')).filter((name) => name.endsWith('.pdf'));
  } catch {
    return [];
  }
};

/** The program as a platform starts it: on what it finds, and then no more. */
function startJob() {
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...{ RUN_AS: 'job', JOB_IDLE_MS: '500', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info' },
      KAFKA_BROKERS: shop.own.brokers.join(','),
      INVOICE_DIR: folder,
    },
  });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal, log }));
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), exited };
}

/** Orders are confirmed without the shop's help: only what follows is looked at. */
async function confirm(orderIds: readonly string[]): Promise<void> {
  const kafka = new Kafka({ brokers: shop.own.brokers, logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const messages = orderIds.map((orderId) => ({
    key: orderId,
    value: JSON.stringify({ ...(samples[OrderConfirmed.type] as object), orderId }),
    headers: {
      ce_specversion: '1.0',
      ce_id: newId(),
      ce_type: OrderConfirmed.type,
      ce_source: 'e2e',
      ce_time: new Date().toISOString(),
      'content-type': 'application/json',
    },
  }));
  await producer.send({ topic: OrderConfirmed.topic, messages });
  await producer.disconnect();
}

describe('the job that writes invoices', () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  ownShop(
    'writes each of 500 once, although one of it is killed and one is told to stop in the middle',
    async () => {
      const orderIds = Array.from({ length: 500 }, () => newId());
      await confirm(orderIds);

      const killed = startJob();
      await eventually(() => expect(invoices().length).toBeGreaterThan(50), { everyMs: 5 });
      killed.kill('SIGKILL');
      expect(await killed.exited).toMatchObject({ signal: 'SIGKILL' });
      const written = invoices().length;
      expect(written).toBeLessThan(450);

      const stopped = startJob();
      await eventually(() => expect(invoices().length).toBeGreaterThan(written + 20), {
        everyMs: 5,
        timeoutMs: 30_000,
      });
      stopped.kill('SIGTERM');
      expect(await stopped.exited).toMatchObject({ code: 0 });
      expect(invoices().length).toBeLessThan(500);

      const last = await startJob().exited;
      expect(last.code).toBe(0);
      expect(last.log).toMatch(/"startup_ms":\d+,"msg":"the first message is handled"/);
      expect(invoices()).toEqual(expect.arrayContaining(orderIds.map((id) => `${id}.pdf`)));
      for (const name of invoices())
        expect(readFileSync(join(folder, 'invoices', name), 'latin1')).toMatch(/^%PDF-[^]*%%EOF\s*$/);

      // Nothing is left: another one has nothing to do.
      const idle = await startJob().exited;
      expect(idle).toMatchObject({
        code: 0,
        log: expect.not.stringContaining('the first message is handled'),
      });
    },
    120_000,
  );
});
