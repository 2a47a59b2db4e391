import { CreateMessagingTables1700000000000 } from '@shop/messaging';
import { CreateAuditRecords1700000002000, CreateIdempotencyKeys1700000000001 } from '@shop/persistence';
import { CreateStock1700000000010 } from './1700000000010-create-stock.ts';
import { ExpandTraceContext1700000003010 } from './1700000003010-expand-trace-context.ts';
import { FillTraceContext1700000003011 } from './1700000003011-fill-trace-context.ts';
import { ContractTraceContext1700000003020 } from './1700000003020-contract-trace-context.ts';

export const migrations = [
  CreateMessagingTables1700000000000,
  CreateIdempotencyKeys1700000000001,
  CreateStock1700000000010,
  CreateAuditRecords1700000002000,
  ExpandTraceContext1700000003010,
  FillTraceContext1700000003011,
];

/** Of the next release: they join the others when nothing that needs the old names runs any more, or can come back. */
export const nextRelease = [ContractTraceContext1700000003020];
