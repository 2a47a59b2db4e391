import { z } from 'zod';
import { Order, ShippingAddress, TimelineEntry } from './order.ts';
import { page, pageQuery } from './page.ts';

/** Who the token was issued for: the `sub` of the identity provider, at most 255 characters (OpenID Connect Core 1.0, 2). */
export const CustomerId = z.string().min(1).max(255);

/** All that is held about an order of a customer. Its address is null once it has been erased. */
export const CustomerOrder = z
  .strictObject({
    order: Order,
    shippingAddress: ShippingAddress.nullable(),
    timeline: z.array(TimelineEntry),
  })
  .meta({ id: 'CustomerOrder' });
export type CustomerOrder = z.output<typeof CustomerOrder>;

export const CustomerOrderQuery = pageQuery;
export type CustomerOrderQuery = z.output<typeof CustomerOrderQuery>;
export const CustomerOrderPage = page(CustomerOrder).meta({ id: 'CustomerOrderPage' });

/** What an erasure did. Repeating it erases what has come to an end since. */
export const Erasure = z
  .strictObject({
    /** Addresses that are gone. */
    addresses: z.int(),
    /** Orders that stay in the books, under the customer's id. */
    orders: z.int(),
    /** Those of them that are under way, and keep their address until they end. */
    underWay: z.int(),
  })
  .meta({ id: 'Erasure' });
export type Erasure = z.output<typeof Erasure>;
