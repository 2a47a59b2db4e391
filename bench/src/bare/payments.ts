import fastify from 'fastify';
import { Pool } from 'undici';
import { v7 } from 'uuid';
import { claim, inTransaction, run } from './database.ts';
import { listen } from './listen.ts';
import {
  columns,
  connectProducer,
  consume,
  draft,
  gather,
  intoOutbox,
  type Message,
  relay,
  type Stored,
} from './messages.ts';
import { topics } from './schema.ts';

interface Payment {
  id: string;
  orderId: string;
  state: string;
  amount: number;
  currency: string;
  token: string;
  pspId: string | null;
  known?: boolean;
}
interface Call {
  callId: string;
  payment: Payment;
}

const psp = new Pool(process.env['PSP_URL'] ?? '', { connections: 512 });

const LOCK = `
  SELECT id, order_id AS "orderId", state, amount::float8 AS amount, currency, token, psp_id AS "pspId", true AS known
  FROM payments WHERE order_id = ANY ($1::uuid[]) ORDER BY order_id FOR UPDATE`;
const OPEN = `
  WITH changed AS (
    SELECT * FROM jsonb_to_recordset($1) AS r
      (id uuid, "orderId" uuid, state text, amount bigint, currency text, token text, known boolean)
  ), moved AS (
    UPDATE payments p SET state = changed.state, updated_at = now() FROM changed WHERE changed.known AND p.id = changed.id
  ), created AS (
    INSERT INTO payments (id, order_id, state, amount, currency, token)
    SELECT id, "orderId", state, amount, currency, token FROM changed WHERE known IS NULL
  )
  INSERT INTO psp_calls (payment_id, step)
  SELECT id, CASE state WHEN 'AUTHORISING' THEN 'authorise' ELSE 'capture' END FROM changed
  RETURNING id AS "callId", payment_id AS "paymentId"`;
const SETTLE = `
  WITH seen AS (
    SELECT * FROM jsonb_to_recordset($1) AS r (id uuid, "callId" bigint, state text, "pspId" text, amount bigint, currency text)
  ), moved AS (
    UPDATE payments p SET state = seen.state, psp_id = seen."pspId", updated_at = now() FROM seen WHERE p.id = seen.id
  ), ended AS (
    UPDATE psp_calls c SET state = 'done', updated_at = now() FROM seen WHERE c.id = seen."callId"
  ), booked AS (
    INSERT INTO ledger_entries (payment_id, kind, account, amount, currency)
    SELECT id, 'capture', account, sign * amount, currency
    FROM seen CROSS JOIN (VALUES ('psp', 1), ('sales', -1)) AS entry (account, sign) WHERE state = 'CAPTURED'
  )
  ${intoOutbox(2)}`;

async function handle(messages: Message[]): Promise<void> {
  const changed: Payment[] = [];
  const opened = await inTransaction(
    (client) =>
      Promise.all([
        claim(
          client,
          'payments',
          messages.map(({ id }) => id),
        ),
        run<Payment>(client, LOCK, [messages.map(({ key }) => key)]),
      ]),
    (client, [fresh, rows]) => {
      const byOrder = new Map(rows.map((row) => [row.orderId, row]));
      for (const { id, key, type, payload } of messages) {
        if (!fresh.has(id)) continue;
        if (type === 'CapturePayment') changed.push({ ...byOrder.get(key)!, state: 'CAPTURING' });
        else changed.push(created(key, payload as unknown as Authorise));
      }
      return run<{ callId: string; paymentId: string }>(client, OPEN, [JSON.stringify(changed)]);
    },
  );
  const byId = new Map(changed.map((payment) => [payment.id, payment]));
  for (const { callId, paymentId } of opened) void make({ callId, payment: byId.get(paymentId)! });
}

interface Authorise {
  amount: { amount: number; currency: string };
  token: string;
}
const created = (orderId: string, { amount, token }: Authorise): Payment => ({
  id: v7(),
  orderId,
  state: 'AUTHORISING',
  ...amount,
  token,
  pspId: null,
});

async function make(call: Call): Promise<void> {
  const { id, orderId, state, amount, currency, token, pspId } = call.payment;
  const authorise = state === 'AUTHORISING';
  const { body } = await psp.request({
    method: 'POST',
    path: authorise ? '/v1/payments' : `/v1/payments/${pspId}/capture`,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${id}:${authorise ? 'authorise' : 'capture'}`,
    },
    body: authorise ? JSON.stringify({ reference: orderId, amount: { amount, currency }, token }) : '{}',
  });
  const seen = (await body.json()) as { id: string; state: string };
  settled.push({ ...call, payment: { ...call.payment, state: seen.state.toUpperCase(), pspId: seen.id } });
  if (!settling) void settle();
}

const settled: Call[] = [];
let settling = false;

/** What ends while a transaction is under way is stored together in the next. */
async function settle(): Promise<void> {
  settling = true;
  for (let last = 0; settled.length > 0;) {
    await gather(last);
    const batch = settled.splice(0, 200);
    last = batch.length;
    const drafts = batch.map(({ payment: { id, orderId, state, amount, currency } }) =>
      draft(topics.paymentsEvents, orderId, state === 'CAPTURED' ? 'PaymentCaptured' : 'PaymentAuthorised', {
        orderId,
        paymentId: id,
        amount: { amount, currency },
      }),
    );
    const rows = JSON.stringify(batch.map(({ callId, payment }) => ({ ...payment, callId })));
    const stored = await inTransaction(
      () => Promise.resolve(),
      (client) => run<Stored>(client, SETTLE, [rows, ...columns(drafts)]),
    );
    relay(drafts, stored);
  }
  settling = false;
}

const app = fastify();
app.post('/v1/webhooks/psp', (_, reply) => reply.status(204).send());

await connectProducer();
await consume([topics.paymentsCommands], handle);
await listen(app);
