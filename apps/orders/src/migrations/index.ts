import { CreateMessagingTables1700000000000 } from '@shop/messaging';
import { CreateAuditRecords1700000002000, CreateIdempotencyKeys1700000000001 } from '@shop/persistence';
import { CreateOrders1700000001000 } from './create-orders.ts';
import { CreateProducts1700000001001 } from './create-products.ts';

export const migrations = [
  CreateMessagingTables1700000000000,
  CreateIdempotencyKeys1700000000001,
  CreateOrders1700000001000,
  CreateProducts1700000001001,
  CreateAuditRecords1700000002000,
];
