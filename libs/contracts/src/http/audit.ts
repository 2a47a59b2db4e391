import { z } from 'zod';
import { Id } from '../id.ts';
import { page, pageQuery, Timestamp } from './page.ts';

const Snapshot = z.record(z.string(), z.unknown()).nullable();

/** What an administrator did: who, what, to what, when, and how it was before and after; null where there was nothing. */
export const AuditRecord = z
  .strictObject({
    id: Id,
    at: Timestamp,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    before: Snapshot,
    after: Snapshot,
    traceId: z.string(),
  })
  .meta({ id: 'AuditRecord' });
export type AuditRecord = z.output<typeof AuditRecord>;

/** The records of one thing or of all, newest first. */
export const AuditQuery = pageQuery
  .extend({ subject: z.string().min(1).max(255).optional(), cursor: Id.optional() })
  .meta({ id: 'AuditQuery' });
export type AuditQuery = z.output<typeof AuditQuery>;
export const AuditPage = page(AuditRecord).meta({ id: 'AuditPage' });

/** The services whose administration leaves records. */
export const AuditedService = z.enum(['catalog', 'inventory', 'orders']);
export type AuditedService = z.output<typeof AuditedService>;
