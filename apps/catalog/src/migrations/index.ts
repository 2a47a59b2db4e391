import { CreateMessagingTables1700000000000 } from '@shop/messaging';
import { CreateAuditRecords1700000002000 } from '@shop/persistence';
import { CreateProducts1700000000010 } from './1700000000010-create-products.ts';

export const migrations = [
  CreateMessagingTables1700000000000,
  CreateProducts1700000000010,
  CreateAuditRecords1700000002000,
];
