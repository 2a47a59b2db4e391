import { finishesInHand, functionConfig, httpConfig, jobConfig, kafkaConfig } from '@shop/config';
import { z } from 'zod';

export const orderInvoiceConfig = z
  .object({
    ...httpConfig(8087).shape,
    ...kafkaConfig.shape,
    ...functionConfig.shape,
    ...jobConfig.shape,
    /** Invoices go into this folder. */
    INVOICE_DIR: z.string().min(1).default('.shop/invoices'),
  })
  .refine(...finishesInHand);
export type OrderInvoiceConfig = z.output<typeof orderInvoiceConfig>;
