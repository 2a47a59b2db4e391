import { Injectable } from '@nestjs/common';
import type { AuditQuery, AuditRecord, Page } from '@shop/contracts';
import { currentTraceId } from '@shop/tracing';
import { Database } from '../database.ts';
import type { Tx } from '../tx.ts';

/** Something that an administrator did, and who did it: the subject of their token. */
export interface AdminAction {
  by: string;
  action: string;
}

/** What it did to one thing. No personal data: records are kept for good. */
export interface Change {
  subject: string;
  before: object | null;
  after: object | null;
}

/** The record of what administrators did (ADR 19). It is written with the deed or not at all, and nothing in the app can change it. */
@Injectable()
export class Audit {
  constructor(private readonly database: Database) {}

  record(tx: Tx, { by, action }: AdminAction, changes: readonly Change[]): void {
    if (changes.length > 0) tx.write(RECORD, [by, action, currentTraceId(), JSON.stringify(changes)]);
  }

  async page({ subject, cursor, limit }: AuditQuery): Promise<Page<AuditRecord>> {
    // One more than asked for tells whether there is a next page.
    const found = await this.database.query<Row>(PAGE, [subject, cursor, limit + 1]);
    const items = found.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
  }
}

type Row = Omit<AuditRecord, 'at'> & { at: Date };

const RECORD = `
  INSERT INTO audit_records (actor, action, trace_id, subject, before, after)
  SELECT $1, $2, $3, subject, before, after
  FROM jsonb_to_recordset($4) AS change (subject text, before jsonb, after jsonb)`;

const PAGE = `
  SELECT id, at, actor, action, subject, before, after, trace_id AS "traceId" FROM audit_records
  WHERE ($1::text IS NULL OR subject = $1) AND ($2::uuid IS NULL OR id < $2)
  ORDER BY id DESC LIMIT $3`;
