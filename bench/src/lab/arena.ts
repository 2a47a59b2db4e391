import type { Watched } from '../measure/cpu.ts';

/** Something that takes orders: the shop, or the bare pipeline. */
export interface Arena {
  name: string;
  gatewayUrl: string;
  /** The superuser's URL of the database that keeps the orders. */
  ordersUrl: string;
  productIds: string[];
  /** The headers by which customers are known. */
  customers: Record<string, string>[];
  /** Everything that works on an order. */
  processes(): Watched[];
}

/** Orders come from so many customers. */
export const CUSTOMERS = 100;

/** Stock of each product, for as many orders as anybody can place. */
export const PLENTY = 500_000_000;
