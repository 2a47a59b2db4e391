import type { Tx } from '@shop/persistence';
import type { Queryable } from './relay-connection.ts';
import type { OutboxRow } from './row.ts';

/** A row just written, and the unsent rows of its key that were there before. */
export interface FreshRow extends OutboxRow {
  predecessors: number[];
}

// The SELECT reads the table as it was before this statement, so what it finds of a key are the predecessors.
const INSERT = `
  WITH fresh AS (
    INSERT INTO outbox (lane, message_id, topic, key, type, headers, payload)
    SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::json[], $7::text[])
    RETURNING id, message_id, key
  )
  SELECT fresh.id, fresh.message_id AS "messageId", ARRAY(SELECT o.id FROM outbox o WHERE o.key = fresh.key) AS predecessors
  FROM fresh`;

// Rows of a key whose earlier row is blocked must wait with it.
const READ = `
  SELECT row.* FROM unnest($1::smallint[]) AS wanted (lane) CROSS JOIN LATERAL (
    SELECT o.lane, o.id, o.message_id AS "messageId", o.topic, o.key, o.type, o.headers, o.payload
    FROM outbox o
    WHERE o.lane = wanted.lane
      AND (SELECT b.id FROM outbox b WHERE b.key = o.key AND b.id <= o.id AND b.blocked_until > now() LIMIT 1) IS NULL
    ORDER BY o.id LIMIT $2
  ) AS row`;

const OLDEST = `
  SELECT o.lane, o.id FROM unnest($1::smallint[]) AS wanted (lane) CROSS JOIN LATERAL (
    SELECT lane, id FROM outbox WHERE lane = wanted.lane ORDER BY id LIMIT 1
  ) AS o`;

// LIMIT keeps the planner from joining the other way round, which is as quick while the table is empty, and only then.
const DELETE = `
  DELETE FROM outbox WHERE ctid = ANY(ARRAY(
    SELECT o.ctid FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS sent (lane, id, fence)
    JOIN outbox_lanes l ON l.lane = sent.lane AND l.owner = $4 AND l.fence = sent.fence
    CROSS JOIN LATERAL (SELECT ctid FROM outbox WHERE lane = sent.lane AND id = sent.id LIMIT 1) AS o
  )) RETURNING id`;

const BLOCK = `
  UPDATE outbox SET attempts = attempts + 1, last_error = $3,
    blocked_until = now() + least(300, 2 ^ least(attempts, 10)) * interval '1 second'
  WHERE lane = $1 AND id = $2`;

const DEPTH = `
  SELECT count(*)::int AS depth, count(*) FILTER (WHERE blocked_until > now())::int AS blocked,
    coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "ageSeconds" FROM outbox`;

export type Draft = Omit<OutboxRow, 'id'>;

/** Writes all drafts of a transaction with one statement, which nobody waits for before the commit. */
export function insertDrafts(tx: Tx, drafts: readonly Draft[], inserted: (rows: FreshRow[]) => void): void {
  const column = <K extends keyof Draft>(name: K) => drafts.map((draft) => draft[name]);
  const headers = drafts.map((draft) => JSON.stringify(draft.headers));
  const values = [
    column('lane'),
    column('messageId'),
    column('topic'),
    column('key'),
    column('type'),
    headers,
    column('payload'),
  ];
  const byMessage = new Map(drafts.map((draft) => [draft.messageId, draft]));
  tx.write<{ id: string; messageId: string; predecessors: string[] }>(INSERT, values, (rows) => {
    const fresh = rows.flatMap(({ id, messageId, predecessors }) => {
      const draft = byMessage.get(messageId);
      return draft ? [{ ...draft, id: Number(id), predecessors: predecessors.map(Number) }] : [];
    });
    inserted(fresh);
  });
}

/** How much waits, how much of it was refused by the broker, and how long the oldest row has waited. */
export interface Depth {
  depth: number;
  blocked: number;
  ageSeconds: number;
}

/** What a relay reads and writes outside of business transactions. */
export class OutboxStore {
  constructor(private readonly connection: Queryable) {}

  /** The first `limit` rows of each lane that may be sent. */
  async read(lanes: readonly number[], limit: number): Promise<OutboxRow[]> {
    const rows = await this.connection.query<OutboxRow & { id: string | number }>(READ, [lanes, limit]);
    for (const row of rows) row.id = Number(row.id);
    return rows;
  }

  /** The first row of each lane that has any. */
  async oldest(lanes: readonly number[]): Promise<{ lane: number; id: number }[]> {
    const rows = await this.connection.query<{ lane: number; id: string }>(OLDEST, [lanes]);
    return rows.map(({ lane, id }) => ({ lane, id: Number(id) }));
  }

  /** Removes rows that were sent, as far as `relay` still holds their lanes; answers the ids that were removed. */
  async remove(
    relay: string,
    rows: readonly { lane: number; id: number; fence: number }[],
  ): Promise<number[]> {
    const values = [
      rows.map((row) => row.lane),
      rows.map((row) => row.id),
      rows.map((row) => row.fence),
      relay,
    ];
    return (await this.connection.query<{ id: string }>(DELETE, values)).map((row) => Number(row.id));
  }

  /** Keeps a row, and with it its key, from being sent for a while: 1 s at first, doubling up to 5 minutes. */
  async block(row: OutboxRow, reason: string): Promise<void> {
    await this.connection.query(BLOCK, [row.lane, row.id, reason.slice(0, 500)]);
  }

  async depth(): Promise<Depth> {
    const [row] = await this.connection.query<Depth>(DEPTH, []);
    return row ?? { depth: 0, blocked: 0, ageSeconds: 0 };
  }
}
