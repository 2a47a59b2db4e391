import { Injectable } from '@nestjs/common';
import type { Erasure } from '@shop/contracts';
import { Audit, Transactions } from '@shop/persistence';

/**
 * Deletes what identifies a customer and is needed for nothing any more. An order under way keeps its address until it ends: whoever erases
 * comes back then. An order that is placed at this very moment is a new one, and stays whole.
 */
@Injectable()
export class EraseCustomer {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  run(customerId: string, by: string): Promise<Erasure> {
    return this.transactions.run(async (tx) => {
      const [erasure] = (await tx.query<Erasure>(ERASE, [customerId])) as [Erasure];
      // Also when nothing was left to erase: that it was asked for is what has to be shown.
      const change = { subject: customerId, before: null, after: erasure };
      this.audit.record(tx, { by, action: 'erase-customer' }, [change]);
      return erasure;
    });
  }
}

// Orders at rest have no deadline.
const ERASE = `
  WITH mine AS (
    SELECT o.id, s.deadline IS NOT NULL AS under_way FROM orders o JOIN order_sagas s ON s.order_id = o.id WHERE o.customer_id = $1
  ), erased AS (
    DELETE FROM shipping_addresses a USING mine WHERE a.order_id = mine.id AND NOT mine.under_way RETURNING a.order_id
  )
  SELECT (SELECT count(*) FROM erased)::int AS addresses, count(*)::int AS orders,
    (count(*) FILTER (WHERE under_way))::int AS "underWay"
  FROM mine`;
