import type { Queryable } from './relay-connection.ts';
import { LANES } from './row.ts';

const ROUND = `
  WITH me AS (
    INSERT INTO outbox_relays (relay, alive_until) VALUES ($1, now() + $2 * interval '1 millisecond')
    ON CONFLICT (relay) DO UPDATE SET alive_until = EXCLUDED.alive_until
  ), gone AS (
    DELETE FROM outbox_relays WHERE alive_until < now() - interval '1 minute' AND relay <> $1
  ), renewed AS (
    UPDATE outbox_lanes SET leased_until = now() + $2 * interval '1 millisecond' WHERE owner = $1 RETURNING lane, fence
  )
  SELECT (SELECT count(*)::int FROM outbox_relays WHERE alive_until > now() AND relay <> $1) AS others,
    ARRAY(SELECT lane FROM renewed ORDER BY lane) AS lanes, ARRAY(SELECT fence FROM renewed ORDER BY lane) AS fences`;

const TAKE = `
  UPDATE outbox_lanes SET owner = $1, fence = fence + 1, leased_until = now() + $2 * interval '1 millisecond'
  WHERE lane IN (
    SELECT lane FROM outbox_lanes WHERE owner IS NULL OR leased_until <= now() ORDER BY random() LIMIT $3 FOR UPDATE SKIP LOCKED
  )
  RETURNING lane, fence`;

const RELEASE = 'UPDATE outbox_lanes SET owner = NULL WHERE owner = $1 AND lane = ANY($2::smallint[])';
const LEAVE = 'DELETE FROM outbox_relays WHERE relay = $1';

interface Lease {
  fence: number;
  /** On the local monotonic clock, counted from before the database was asked, so never later than the database's own. */
  until: number;
}

/** The lanes that this relay holds. Leases are timed by the database; a clock of our own only makes us stop earlier. */
export class Lanes {
  readonly #leases = new Map<number, Lease>();
  #relays = 1;

  constructor(
    private readonly connection: Queryable,
    readonly relay: string,
    private readonly leaseMs: number,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  get held(): number[] {
    return [...this.#leases.keys()];
  }

  /** May rows of this lane be sent now? No longer when the lease is nearly over, so that a request can end before another relay begins. */
  maySend(lane: number): boolean {
    const lease = this.#leases.get(lane);
    return lease !== undefined && lease.until - this.clock() > this.leaseMs / 3;
  }

  fence(lane: number): number | undefined {
    return this.#leases.get(lane)?.fence;
  }

  /** Lanes above this relay's fair share. */
  surplus(): number[] {
    return this.held.slice(Math.ceil(LANES / this.#relays));
  }

  /** Renews what is held and takes free lanes up to the fair share. Answers the lanes that are new. */
  async round(): Promise<number[]> {
    const asked = this.clock();
    const [row] = await this.connection.query<{ others: number; lanes: number[]; fences: string[] }>(ROUND, [
      this.relay,
      this.leaseMs,
    ]);
    const { others = 0, lanes = [], fences = [] } = row ?? {};
    this.#relays = others + 1;
    this.#leases.clear();
    lanes.forEach((lane, index) =>
      this.#leases.set(lane, { fence: Number(fences[index]), until: asked + this.leaseMs }),
    );
    const wanted = Math.ceil(LANES / this.#relays) - this.#leases.size;
    return wanted > 0 ? this.#take(wanted) : [];
  }

  stopSending(lanes: readonly number[]): void {
    for (const lane of lanes) this.#leases.delete(lane);
  }

  /** Gives lanes back, for others to take at once. */
  async release(lanes: readonly number[]): Promise<void> {
    this.stopSending(lanes);
    await this.connection.query(RELEASE, [this.relay, lanes]);
  }

  async leave(): Promise<void> {
    await this.release(this.held);
    await this.connection.query(LEAVE, [this.relay]);
  }

  async #take(wanted: number): Promise<number[]> {
    const asked = this.clock();
    const taken = await this.connection.query<{ lane: number; fence: string }>(TAKE, [
      this.relay,
      this.leaseMs,
      wanted,
    ]);
    for (const { lane, fence } of taken)
      this.#leases.set(lane, { fence: Number(fence), until: asked + this.leaseMs });
    return taken.map(({ lane }) => lane);
  }
}
