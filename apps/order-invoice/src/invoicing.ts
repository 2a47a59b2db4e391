import { meter } from '@shop/tracing';
import { invoicePdf } from './invoice-pdf.ts';
import type { Invoice } from './invoice.ts';
import type { ObjectStore } from './object-store.ts';

/** The whole function: makes the document of one event and keeps it. An event that comes again finds its document there. */
export class Invoicing {
  private readonly invoices = meter('order-invoice').createCounter('shop.invoices', {
    description: 'Invoices and credit notes, by what became of them',
    unit: '{document}',
  });

  constructor(private readonly objects: ObjectStore) {
    for (const outcome of ['stored', 'repeated', 'failed']) this.invoices.add(0, { outcome });
  }

  async issue(invoice: Invoice): Promise<void> {
    let outcome = 'failed';
    try {
      const stored = await this.objects.put(invoice.name, await invoicePdf(invoice));
      outcome = stored ? 'stored' : 'repeated';
    } finally {
      this.invoices.add(1, { outcome });
    }
  }
}
