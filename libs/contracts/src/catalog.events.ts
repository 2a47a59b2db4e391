import { z } from 'zod';
import { Id } from './id.ts';
import { defineMessage } from './message.ts';
import { Money } from './money.ts';
import { topics } from './topics.ts';

/** The state of a product after a change; of two, the higher `version` is the later. */
export const ProductChanged = defineMessage({
  topic: topics.catalogEvents,
  type: 'shop.catalog.product-changed.v1',
  key: (payload) => payload.productId,
  schema: z.object({
    productId: Id,
    sku: z.string(),
    name: z.string(),
    price: Money,
    version: z.int().positive(),
  }),
});
