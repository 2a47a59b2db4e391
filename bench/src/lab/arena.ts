import type { Watched } from '../measure/cpu.ts';

/** Something that takes orders: the shop, or the bare pipeline. */
export interface Arena {
  name: string;
  gatewayUrl: string;
  /** The superuser's URL of the database that keeps the orders. */
  ordersUrl: string;
  productIds: string[];
  /** Headers of so many different customers. */
  customers(count: number): Promise<Record<string, string>[]>;
  /** Everything that works on an order. */
  processes(): Watched[];
}
