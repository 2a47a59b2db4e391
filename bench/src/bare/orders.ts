import fastify from 'fastify';
import { claim, inTransaction, run } from './database.ts';
import {
  columns,
  connectProducer,
  consume,
  draft,
  intoOutbox,
  type Message,
  relay,
  type Stored,
} from './messages.ts';
import { place } from './placing.ts';
import { topics } from './schema.ts';

interface Saga {
  id: string;
  state: string;
  seq: number;
  lines: object[];
  amount: number;
  currency: string;
  token: string;
  customerId: string;
}
interface Entry {
  id: string;
  seq: number;
  service: string;
  type: string;
}

const LOCK = `
  SELECT o.id, s.state, s.timeline_seq AS seq, o.lines, o.total_amount::float8 AS amount, o.currency, o.payment_token AS token,
    o.customer_id AS "customerId"
  FROM order_sagas s JOIN orders o ON o.id = s.order_id WHERE s.order_id = ANY($1) ORDER BY s.order_id FOR UPDATE OF s`;

const WRITE = `
  WITH sagas AS (
    UPDATE order_sagas s SET state = v.state, timeline_seq = v.seq, since = clock_timestamp(),
      deadline = CASE WHEN v.state = 'CONFIRMED' THEN NULL ELSE clock_timestamp() + interval '20 seconds' END
    FROM unnest($1::uuid[], $2::text[], $3::int[]) AS v (id, state, seq) WHERE s.order_id = v.id
  ), confirmed AS (
    UPDATE orders SET status = 'CONFIRMED', updated_at = clock_timestamp() WHERE id = ANY($4::uuid[])
  ), timeline AS (
    INSERT INTO order_timeline (order_id, seq, at, service, type, detail)
    SELECT id, seq, clock_timestamp(), service, type, '{}'
    FROM unnest($5::uuid[], $6::int[], $7::text[], $8::text[]) AS v (id, seq, service, type)
  )
  ${intoOutbox(9)}`;

const next: Record<string, Record<string, string>> = {
  RESERVING: { StockReserved: 'AUTHORISING' },
  AUTHORISING: { PaymentAuthorised: 'COMPLETING' },
  COMPLETING: { PaymentCaptured: 'AWAITING_COMMIT', StockCommitted: 'AWAITING_CAPTURE' },
  AWAITING_COMMIT: { StockCommitted: 'CONFIRMED' },
  AWAITING_CAPTURE: { PaymentCaptured: 'CONFIRMED' },
};

async function handle(messages: Message[]): Promise<void> {
  const drafts: ReturnType<typeof draft>[] = [];
  const stored = await inTransaction(
    (client) =>
      Promise.all([
        claim(
          client,
          'orders',
          messages.map(({ id }) => id),
        ),
        run<Saga>(client, LOCK, [[...new Set(messages.map(({ key }) => key))]]),
      ]),
    (client, [fresh, rows]) => {
      const sagas = new Map(rows.map((row) => [row.id, row]));
      const entries: Entry[] = [];
      for (const { id, key, type, topic } of messages) {
        const saga = sagas.get(key)!;
        const state = fresh.has(id) ? next[saga.state]?.[type] : undefined;
        if (!state) continue;
        const tell = (service: string, entry: string) =>
          entries.push({ id: key, seq: ++saga.seq, service, type: entry });
        saga.state = state;
        tell(topic.split('.')[1]!, type);
        for (const command of commandsIn(saga)) {
          drafts.push(command);
          tell('orders', command.type);
        }
      }
      const changed = [...sagas.values()];
      return run<Stored>(client, WRITE, [
        changed.map(({ id }) => id),
        changed.map(({ state }) => state),
        changed.map(({ seq }) => seq),
        changed.filter(({ state }) => state === 'CONFIRMED').map(({ id }) => id),
        entries.map(({ id }) => id),
        entries.map(({ seq }) => seq),
        entries.map(({ service }) => service),
        entries.map(({ type }) => type),
        ...columns(drafts),
      ]);
    },
  );
  relay(drafts, stored);
}

function commandsIn({ id, state, amount, currency, token, customerId, lines }: Saga) {
  const total = { amount, currency };
  if (state === 'AUTHORISING')
    return [draft(topics.paymentsCommands, id, 'AuthorisePayment', { orderId: id, amount: total, token })];
  if (state === 'COMPLETING')
    return [
      draft(topics.paymentsCommands, id, 'CapturePayment', { orderId: id }),
      draft(topics.inventoryCommands, id, 'CommitStock', { orderId: id }),
    ];
  if (state === 'CONFIRMED')
    return [draft(topics.ordersEvents, id, 'OrderConfirmed', { orderId: id, customerId, lines, total })];
  return [];
}

const app = fastify();
app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => done(null, body));
app.post('/v1/orders', async (request, reply) => {
  const { customer, 'idempotency-key': key } = request.headers;
  const answer = await place(String(customer), String(key), request.body as string);
  return reply.status(answer.status).header('location', `/v1/orders/${answer.body.id}`).send(answer.body);
});

await connectProducer();
await consume([topics.inventoryEvents, topics.paymentsEvents], handle);
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
