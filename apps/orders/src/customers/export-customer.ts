import { Injectable } from '@nestjs/common';
import type { CustomerOrder, CustomerOrderQuery, Page } from '@shop/contracts';
import { Audit, Transactions } from '@shop/persistence';
import { CustomerOrders } from './customer-orders.ts';

/** Shows an administrator what is held about a customer, and records that they looked. */
@Injectable()
export class ExportCustomer {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly orders: CustomerOrders,
  ) {}

  async page(customerId: string, query: CustomerOrderQuery, by: string): Promise<Page<CustomerOrder>> {
    // Before anything is read, so that nobody sees what is not on record. The pages after the first belong to the same export.
    if (query.cursor === undefined) await this.#record(customerId, by);
    return this.orders.page(customerId, query);
  }

  #record(subject: string, by: string): Promise<void> {
    return this.transactions.run(async (tx) =>
      this.audit.record(tx, { by, action: 'export-customer' }, [{ subject, before: null, after: null }]),
    );
  }
}
