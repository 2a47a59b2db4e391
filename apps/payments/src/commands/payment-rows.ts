import { Injectable } from '@nestjs/common';
import type { Tx } from '@shop/persistence';
import type { Call } from '../calls/call.ts';
import type { Payment } from '../model/payment.ts';
import type { Changed } from './payment-batch.ts';

/** The columns of a payment `p`, as the model has them. */
export const paymentColumns = `
  p.id, p.order_id AS "orderId", p.provider, p.state, p.token, p.psp_id AS "pspId", p.refusal,
  CASE WHEN p.amount IS NOT NULL THEN json_build_object('amount', p.amount, 'currency', p.currency) END AS amount`;

/** The rows behind a batch of commands. Payments are locked in the order of their order ids, here and wherever calls are settled. */
@Injectable()
export class PaymentRows {
  lock(tx: Tx, orderIds: readonly string[]): Promise<Payment[]> {
    return tx.query<Payment>(
      `SELECT ${paymentColumns} FROM payments p WHERE p.order_id = ANY ($1::uuid[]) ORDER BY p.order_id FOR UPDATE`,
      [[...new Set(orderIds)]],
    );
  }

  /**
   * Writes what changed and the calls that it needs, claimed by `worker` from the start so that nobody has to look for them. Tells of those;
   * a call that takes the place of one on which another worker is stays with that worker.
   */
  write(tx: Tx, changed: readonly Changed[], worker: string | null, opened: (calls: Call[]) => void): void {
    const rows = changed.map(({ payment, ...change }) => ({ ...payment, ...payment.amount, ...change }));
    const payments = new Map(changed.map(({ payment }) => [payment.id, payment]));
    tx.write<Opened>(WRITE, [JSON.stringify(rows), worker], (calls) => {
      const ours = calls.filter(({ claimedBy }) => worker !== null && claimedBy === worker);
      opened(ours.map(({ claimedBy: _, ...call }) => ({ ...payments.get(call.paymentId)!, ...call })));
    });
  }
}

type Opened = Pick<Call, 'id' | 'paymentId' | 'step' | 'version' | 'attempts' | 'uncertain' | 'carrier'> & {
  claimedBy: string | null;
};

const WRITE = `
  WITH changed AS (
    SELECT * FROM jsonb_to_recordset($1) AS r
      (id uuid, "orderId" uuid, provider text, state text, amount bigint, currency text, token text, known boolean, step text, carrier jsonb)
  ), moved AS (
    UPDATE payments p SET state = changed.state, updated_at = now() FROM changed WHERE changed.known AND p.id = changed.id
  ), created AS (
    INSERT INTO payments (id, order_id, provider, state, amount, currency, token)
    SELECT id, "orderId", provider, state, amount, currency, token FROM changed WHERE NOT known ORDER BY "orderId"
  )
  INSERT INTO psp_calls AS c (payment_id, step, carrier, claimed_by)
  SELECT id, step, carrier, $2::uuid FROM changed WHERE step IS NOT NULL ORDER BY "orderId"
  ON CONFLICT (payment_id) WHERE state = 'open' DO UPDATE SET
    step = EXCLUDED.step, carrier = EXCLUDED.carrier, version = c.version + 1, attempts = 0, uncertain = false, due_at = now(), updated_at = now(),
    claimed_by = CASE WHEN c.claimed_by IS NULL OR c.claimed_by = $2 THEN EXCLUDED.claimed_by ELSE c.claimed_by END
  RETURNING id::text, payment_id AS "paymentId", step, version, attempts, uncertain, carrier, claimed_by AS "claimedBy"`;
