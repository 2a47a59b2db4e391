import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listen } from './listen.ts';
import { consume, type Message } from './messages.ts';
import { topics } from './schema.ts';

const folder = process.env['MAIL_DIR'] ?? '';

async function mail({ id, payload }: Message): Promise<void> {
  const { orderId, customerId, total, lines } = payload as {
    orderId: string;
    customerId: string;
    total: { amount: number; currency: string };
    lines: { name: string; quantity: number }[];
  };
  const text = [
    `From: shop@example.com`,
    `To: ${customerId}@example.com`,
    `Subject: Your order ${orderId} is confirmed`,
    '',
    ...lines.map(({ name, quantity }) => `${quantity} x ${name}`),
    `Total: ${total.amount / 100} ${total.currency}`,
  ].join('\r\n');
  const path = join(folder, `${id}.eml`);
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
}

await consume([topics.ordersEvents], async (messages) => void (await Promise.all(messages.map(mail))));
await listen();
