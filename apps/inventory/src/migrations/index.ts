import { CreateMessagingTables1700000000000 } from '@shop/messaging';
import { CreateAuditRecords1700000002000, CreateIdempotencyKeys1700000000001 } from '@shop/persistence';
import { CreateStock1700000000010 } from './1700000000010-create-stock.ts';

export const migrations = [
  CreateMessagingTables1700000000000,
  CreateIdempotencyKeys1700000000001,
  CreateStock1700000000010,
  CreateAuditRecords1700000002000,
];
