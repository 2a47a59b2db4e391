import { CreateMessagingTables1700000000000 } from '@shop/messaging';
import { CreateAuditRecords1700000002000, CreateIdempotencyKeys1700000000001 } from '@shop/persistence';
import { CreateOrders1700000001000 } from './create-orders.ts';
import { CreateProducts1700000001001 } from './create-products.ts';
import { CreateShippingAddresses1700000001002 } from './create-shipping-addresses.ts';
import { MoveShippingAddresses1700000001003 } from './move-shipping-addresses.ts';

export const migrations = [
  CreateMessagingTables1700000000000,
  CreateIdempotencyKeys1700000000001,
  CreateOrders1700000001000,
  CreateProducts1700000001001,
  CreateShippingAddresses1700000001002,
  MoveShippingAddresses1700000001003,
  CreateAuditRecords1700000002000,
];
