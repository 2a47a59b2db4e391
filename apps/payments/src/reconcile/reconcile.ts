import { Injectable } from '@nestjs/common';
import { Database } from '@shop/persistence';

const batchSize = 200;

// A payment that waits for a call has an open one; that it has none is not supposed to happen, and is put right here all the same.
// Touching the payment keeps it from being picked again until it has rested as long once more.
const OPEN_CALLS = `
  WITH rested AS (
    SELECT p.id FROM payments p
    WHERE p.state IN ('AUTHORISING', 'AUTHORISED', 'CAPTURING', 'CANCELLING', 'REFUNDING')
      AND p.updated_at < now() - $1 * interval '1 millisecond'
      AND NOT EXISTS (SELECT FROM psp_calls c WHERE c.payment_id = p.id AND c.state = 'open')
    ORDER BY p.order_id LIMIT $2 FOR UPDATE SKIP LOCKED
  ), touched AS (
    UPDATE payments p SET updated_at = now() FROM rested WHERE p.id = rested.id RETURNING p.id, p.state
  )
  INSERT INTO psp_calls (payment_id, step, uncertain, carrier)
  SELECT id, CASE state
      WHEN 'AUTHORISING' THEN 'authorise' WHEN 'CAPTURING' THEN 'capture' WHEN 'CANCELLING' THEN 'void' WHEN 'REFUNDING' THEN 'refund'
      ELSE 'query' END, true, '{}'
  FROM touched ON CONFLICT DO NOTHING RETURNING id`;

/** Has the provider asked about payments that have rested unfinished: an authorisation may have lapsed, or been captured behind our back. */
@Injectable()
export class Reconcile {
  constructor(private readonly database: Database) {}

  /** Answers how many payments will be asked about. */
  async run(restedMs: number): Promise<number> {
    return (await this.database.query(OPEN_CALLS, [restedMs, batchSize])).length;
  }
}
