import { type Database, isInfrastructureError, type Tx } from '@shop/persistence';
import { logger } from '@shop/tracing';

const CLAIM = `
  INSERT INTO inbox (consumer, message_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING message_id AS id`;

// UUIDv7 sorts by time, so the primary key leads to the old ones. A letter replayed late has an old id but was seen lately.
const PRUNE = `
  DELETE FROM inbox WHERE (consumer, message_id) IN (
    SELECT consumer, message_id FROM inbox
    WHERE consumer = $1 AND seen_at < now() - $2 * interval '1 day'
      AND message_id < (lpad(to_hex(floor(extract(epoch FROM now() - $2 * interval '1 day') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
    ORDER BY message_id LIMIT $3
  )`;

const KEPT_DAYS = 7;
const BATCH = 1_000;
const PAUSE_MS = 1_000;
const EVERY_MS = 10 * 60_000;

/** Which messages a consumer has handled: written in the transaction of their effect, so the effect happens once. */
export class Inbox {
  readonly #log = logger('inbox');
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly consumer: string,
  ) {}

  /** Records the ids as handled by `tx`, and answers those that were not before. Waits for another transaction that has just claimed one of them. */
  async claim(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>(CLAIM, [this.consumer, ids]);
    return new Set(rows.map(({ id }) => id));
  }

  startPruning(): void {
    this.#schedule(EVERY_MS);
  }

  stopPruning(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Removes one batch of what was seen longer ago than `days`; answers how many. */
  async prune(days = KEPT_DAYS, limit = BATCH): Promise<number> {
    const counted = `WITH gone AS (${PRUNE} RETURNING 1) SELECT count(*)::int AS count FROM gone`;
    const [row] = await this.database.query<{ count: number }>(counted, [this.consumer, days, limit]);
    return row?.count ?? 0;
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => void this.#round(), ms).unref();
  }

  async #round(): Promise<void> {
    const count = await this.prune().catch((error: unknown) => {
      if (!isInfrastructureError(error)) this.#log.warn({ err: error }, 'the inbox could not be pruned');
      return 0;
    });
    if (this.#timer) this.#schedule(count === BATCH ? PAUSE_MS : EVERY_MS);
  }
}
