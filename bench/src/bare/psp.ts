import { createHmac } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import fastify from 'fastify';
import { Pool } from 'undici';
import { v7 } from 'uuid';
import { listen } from './listen.ts';

interface Payment {
  id: string;
  reference: string;
  amount: object;
  token: string;
  state: string;
  keys: Record<string, string>;
}

/** The provider as the sandbox is one: a book by key, a journal that is written before the answer, webhooks in batches. */
const journal = openSync(process.env['JOURNAL'] ?? '', 'a');
const merchant = new Pool(process.env['WEBHOOK_URL'] ?? '', { connections: 2 });
const byKey = new Map<string, Payment>();
const byId = new Map<string, Payment>();
let events: object[] = [];

function record(payment: Payment, operation: string, key: string): Payment {
  payment.keys[operation] = key;
  writeSync(journal, `${JSON.stringify(payment)}\n`);
  byKey.set(key, payment);
  byId.set(payment.id, payment);
  if (events.length === 0) setTimeout(tell, 250);
  events.push({
    type: `payment.${payment.state}`,
    payment: { id: payment.id, reference: payment.reference },
  });
  return payment;
}

async function tell(): Promise<void> {
  const body = JSON.stringify({ events });
  events = [];
  const at = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', 'bare').update(`${at}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'psp-signature': `t=${at},v1=${signature}` };
  const answer = await merchant.request({ method: 'POST', path: '/v1/webhooks/psp', headers, body });
  await answer.body.dump();
}

const app = fastify();
app.post('/v1/payments', async ({ headers, body }, reply) => {
  const key = String(headers['idempotency-key']);
  const known = byKey.get(key);
  if (known) return known;
  const { reference, amount, token } = body as Pick<Payment, 'reference' | 'amount' | 'token'>;
  reply.status(201);
  return record({ id: v7(), reference, amount, token, state: 'authorised', keys: {} }, 'authorise', key);
});
app.post<{ Params: { id: string } }>('/v1/payments/:id/capture', async ({ headers, params }) => {
  const key = String(headers['idempotency-key']);
  const payment = byId.get(params.id)!;
  if (payment.keys['capture']) return payment;
  payment.state = 'captured';
  return record(payment, 'capture', key);
});

await listen(app);
