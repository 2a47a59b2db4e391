import { Inject, Injectable } from '@nestjs/common';
import { Database, type Tx } from '@shop/persistence';
import { paymentColumns } from '../commands/payment-rows.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Payment } from '../model/payment.ts';
import { paymentsSettings, type PaymentsConfig } from '../payments.config.ts';
import type { Call } from './call.ts';

/** A call as the database has it now, and its payment. */
export interface Locked {
  call: Call;
  payment: Payment;
}

export interface Written {
  payments: Payment[];
  done: string[];
  postponed: { id: string; attempts: number; uncertain: boolean; retryInMs: number }[];
  entries: LedgerEntry[];
}

/** What a webhook tells: that something happened, perhaps to an order's payment. */
export interface WebhookEvent {
  id: string;
  orderId: string | null;
}

interface Hurried {
  /** How many of the events were new. */
  fresh: number;
  /** The calls that are due now. */
  calls: string[];
}

const callColumns = `
  c.id::text, c.step, c.version, c.attempts, c.uncertain, c.carrier, p.id AS "paymentId", p.order_id AS "orderId", p.provider, p.token, p.psp_id AS "pspId",
  CASE WHEN p.amount IS NOT NULL THEN json_build_object('amount', p.amount, 'currency', p.currency) END AS amount`;

/** The calls in the database. All times are the database's. */
@Injectable()
export class CallRows {
  constructor(
    private readonly database: Database,
    @Inject(paymentsSettings) private readonly settings: PaymentsConfig,
  ) {}

  /** Shows that the worker lives, and claims due calls that no living worker has, or that it has itself and has not touched for a lease. */
  claim(worker: string, limit: number): Promise<Call[]> {
    return this.database.query<Call>(CLAIM, [worker, this.settings.PSP_LEASE_MS, limit], 'accepted');
  }

  /** Lets others take over at once what the worker still has. */
  async leave(worker: string): Promise<void> {
    await this.database.query('DELETE FROM psp_workers WHERE worker = $1', [worker], 'accepted');
  }

  /** Makes failed calls due now of the orders that events are about, unless an event was received before. */
  async hurry(provider: string, events: readonly WebhookEvent[]): Promise<Hurried> {
    const [hurried] = await this.database.query<Hurried>(
      HURRY,
      [provider, JSON.stringify(events)],
      'accepted',
    );
    return hurried!;
  }

  /** What is still open and the worker's, in the order in which payments are locked everywhere. */
  async lock(tx: Tx, worker: string, callIds: readonly string[]): Promise<Map<string, Locked>> {
    const rows = await tx.query<Locked>(LOCK, [worker, callIds]);
    return new Map(rows.map((row) => [row.call.id, row]));
  }

  write(tx: Tx, { payments, done, postponed, entries }: Written): void {
    const lists = [payments, postponed, entries].map((list) => JSON.stringify(list));
    tx.write(WRITE, [done, ...lists]);
  }
}

// A call whose worker died may have been made, so its outcome is uncertain. One that is the worker's own may be unknown to it: the claim was
// committed, and the connection broke before it heard so.
const CLAIM = `
  WITH me AS (
    INSERT INTO psp_workers (worker, alive_until) VALUES ($1, now() + $2 * interval '1 millisecond')
    ON CONFLICT (worker) DO UPDATE SET alive_until = EXCLUDED.alive_until
  ), gone AS (
    DELETE FROM psp_workers WHERE alive_until < now() - interval '1 minute' AND worker <> $1
  ), due AS (
    SELECT c.id FROM psp_calls c
    WHERE c.state = 'open' AND c.due_at <= now()
      AND (c.claimed_by IS DISTINCT FROM $1 OR c.updated_at <= now() - $2 * interval '1 millisecond')
      AND NOT EXISTS (SELECT FROM psp_workers w WHERE w.worker = c.claimed_by AND w.worker <> $1 AND w.alive_until > now())
    ORDER BY c.due_at LIMIT $3 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE psp_calls c SET claimed_by = $1, uncertain = c.uncertain OR c.claimed_by IS NOT NULL, updated_at = now()
    FROM due WHERE c.id = due.id RETURNING c.*
  )
  SELECT ${callColumns} FROM claimed c JOIN payments p ON p.id = c.payment_id`;

// One statement, so that an event is remembered if and only if it had its effect: a delivery whose answer was lost comes again. A signature is
// good for ten minutes, five either way, so an hour is enough to remember. Ids in order, so that two deliveries of the same do not deadlock.
const HURRY = `
  WITH forgotten AS (
    DELETE FROM webhook_events WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM webhook_events WHERE received_at < now() - interval '1 hour' LIMIT 1000 FOR UPDATE SKIP LOCKED))
  ), fresh AS (
    INSERT INTO webhook_events (provider, id) SELECT DISTINCT $1, id FROM jsonb_to_recordset($2) AS e (id text) ORDER BY id
    ON CONFLICT DO NOTHING RETURNING id
  ), hurried AS (
    UPDATE psp_calls c SET due_at = now() FROM payments p
    WHERE p.provider = $1 AND p.order_id IN (SELECT e."orderId" FROM jsonb_to_recordset($2) AS e (id text, "orderId" uuid) JOIN fresh USING (id))
      AND c.payment_id = p.id AND c.state = 'open' AND (c.attempts > 0 OR c.claimed_by IS NULL)
    RETURNING c.id
  )
  SELECT (SELECT count(*)::int FROM fresh) AS fresh, ARRAY(SELECT id::text FROM hurried) AS calls`;

const LOCK = `
  SELECT row_to_json(c_row) AS call, row_to_json(p_row) AS payment
  FROM psp_calls c JOIN payments p ON p.id = c.payment_id
    CROSS JOIN LATERAL (SELECT ${callColumns}) c_row CROSS JOIN LATERAL (SELECT ${paymentColumns}) p_row
  WHERE c.id = ANY ($2::bigint[]) AND c.state = 'open' AND c.claimed_by = $1
  ORDER BY p.order_id FOR UPDATE OF p, c`;

// A token is for authorising; what has got beyond that forgets it.
const WRITE = `
  WITH moved AS (
    UPDATE payments p SET state = r.state, psp_id = r."pspId", refusal = r.refusal, updated_at = now(),
      token = CASE WHEN r.state = 'AUTHORISING' THEN p.token END
    FROM jsonb_to_recordset($2) AS r (id uuid, state text, "pspId" text, refusal jsonb) WHERE p.id = r.id
  ), ended AS (
    UPDATE psp_calls SET state = 'done', claimed_by = NULL, updated_at = now() WHERE id = ANY ($1::bigint[])
  ), postponed AS (
    UPDATE psp_calls c SET attempts = r.attempts, uncertain = r.uncertain, updated_at = now(),
      due_at = now() + r."retryInMs" * interval '1 millisecond'
    FROM jsonb_to_recordset($3) AS r (id bigint, attempts integer, uncertain boolean, "retryInMs" integer) WHERE c.id = r.id
  )
  INSERT INTO ledger_entries (payment_id, kind, account, amount, currency)
  SELECT * FROM jsonb_to_recordset($4) AS r ("paymentId" uuid, kind text, account text, amount bigint, currency text)
  ON CONFLICT DO NOTHING`;
