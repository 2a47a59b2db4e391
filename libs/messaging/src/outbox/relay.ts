import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { logger } from '@shop/tracing';
import { backoffMs, pause } from '../backoff.ts';
import type { Producer } from '../broker/port.ts';
import { Pace } from '../pace.ts';
import { Signal } from '../signal.ts';
import type { Tuning } from '../tuning.ts';
import { Backlog } from './backlog.ts';
import { dispatch } from './dispatch.ts';
import type { Lanes } from './lanes.ts';
import { Cleaner } from './cleaner.ts';
import type { FreshRow, OutboxStore } from './outbox-store.ts';
import type { OutboxRow } from './row.ts';
import type { WakeUp } from './wake-up.ts';

const READ_PER_LANE = 200;
// Beyond this the table is the better place to wait in.
const MAX_WAITING = 5_000;

/**
 * Brings outbox rows to the broker: one loop, one request under way.
 *
 * A process that slept past its lease may send rows that the lane's new owner sends too. That changes no order: both send each key's rows by
 * id and from the first unsent one on, so whichever copy of a row arrives first, one of the row before it arrived earlier, and the inbox
 * drops the second copies. Deleting is fenced, so a row goes only after the present owner knows that it was sent.
 */
export class Relay {
  readonly #log = logger('relay');
  readonly #backlog = new Backlog();
  readonly #dirty = new Set<number>();
  readonly #work = new Signal();
  readonly #roundDue = new Signal();
  readonly #stopping = new AbortController();
  readonly #cleaner: Cleaner;
  readonly #pace: Pace;
  #loops: Promise<unknown> = Promise.resolve();
  #sending: Promise<unknown> = Promise.resolve();
  #connected = false;
  #rounded = false;

  constructor(
    private readonly store: OutboxStore,
    private readonly lanes: Lanes,
    private readonly wakeUp: WakeUp,
    private readonly producer: Producer,
    private readonly tuning: Tuning,
  ) {
    this.#pace = new Pace(tuning.paceMs);
    this.#cleaner = new Cleaner(store, this.#backlog, lanes.relay, tuning.cleanAfterMs);
  }

  /** Has reached both database and broker since it was started. */
  get running(): boolean {
    return this.#connected && this.#rounded;
  }

  start(): void {
    // Housekeeping belongs to no request's trace; each message gets its span from the context stored with it.
    context.with(suppressTracing(ROOT_CONTEXT), () => {
      this.wakeUp.listen({ rows: (lanes) => this.#wake(lanes), free: () => this.#roundDue.raise() });
      this.#loops = Promise.all([this.#sendLoop(), this.#roundLoop()]);
    });
  }

  /** Sends what was handed over, as long as the broker takes it, and gives the lanes back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#work.raise();
    this.#roundDue.raise();
    await this.#loops;
    await this.#flush().catch((error: unknown) =>
      this.#log.warn({ err: error }, 'rows remain in the outbox for the next relay'),
    );
    await this.#cleaner.done();
    await this.lanes
      .leave()
      .then(() => this.wakeUp.free())
      .catch(() => {});
  }

  /** Takes rows that were just committed: in memory if nothing can be ahead of them, else through the table. */
  offer(rows: readonly FreshRow[]): void {
    const elsewhere = new Set<number>();
    for (const row of rows) {
      if (!this.lanes.maySend(row.lane)) elsewhere.add(row.lane);
      else if (this.#backlog.waiting < MAX_WAITING && this.#backlog.follows(row)) this.#backlog.add(row);
      else this.#dirty.add(row.lane);
    }
    if (elsewhere.size > 0) void this.wakeUp.rows(elsewhere);
    if (elsewhere.size < rows.length) this.#work.raise();
  }

  async #flush(): Promise<void> {
    while (await this.#sendNext());
  }

  #wake(lanes: readonly number[]): void {
    const ours = lanes.filter((lane) => this.lanes.maySend(lane));
    for (const lane of ours) this.#dirty.add(lane);
    if (ours.length > 0) this.#work.raise();
  }

  async #sendLoop(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.producer.connect();
        this.#connected = true;
        await this.#work.wait();
        // What each request costs, the broker and its consumers pay again.
        await this.#pace.start(signal);
        if (!signal.aborted) await this.#step();
        failures = 0;
      } catch (error) {
        this.#log.warn({ err: error, failures }, 'the outbox waits for broker or database');
        this.#work.raise();
        await pause(backoffMs(failures++, this.tuning.outageBaseMs, this.tuning.outageMaxMs), signal);
      }
    }
  }

  async #step(): Promise<void> {
    if (this.#dirty.size > 0 && this.#backlog.waiting < this.tuning.sendRows) await this.#read();
    const sent = await this.#sendNext();
    if (this.#backlog.waiting > 0 || this.#dirty.size > 0) this.#work.raise();
    // What was read last is still being deleted: reading it again would bring nothing new.
    const ahead = !sent && this.#dirty.size > 0;
    if (ahead || this.#backlog.underWay > MAX_WAITING) await this.#cleaner.done();
  }

  async #sendNext(): Promise<boolean> {
    const limit = { rows: this.tuning.sendRows, bytes: this.tuning.sendBytes };
    const batch = this.#backlog.take(limit, (lane) => this.lanes.maySend(lane));
    if (batch.length === 0) return false;
    const sending = this.#send(batch);
    this.#sending = sending.catch(() => {});
    await sending;
    return true;
  }

  async #read(): Promise<void> {
    const lanes = [...this.#dirty].filter((lane) => this.lanes.maySend(lane));
    this.#dirty.clear();
    if (lanes.length === 0) return;
    try {
      const rows = await this.store.read(lanes, READ_PER_LANE);
      for (const row of rows) this.#backlog.add(row);
      const perLane = Map.groupBy(rows, (row) => row.lane);
      for (const [lane, list] of perLane) if (list.length === READ_PER_LANE) this.#dirty.add(lane);
    } catch (error) {
      for (const lane of lanes) this.#dirty.add(lane);
      throw error;
    }
  }

  async #send(batch: readonly OutboxRow[]): Promise<void> {
    const fences = new Map(batch.map(({ lane }) => [lane, this.lanes.fence(lane) ?? -1]));
    try {
      const { sent, refused, held } = await dispatch(this.producer, batch);
      if (sent.length > 0)
        this.#cleaner.add(sent.map((row) => ({ ...row, fence: fences.get(row.lane) ?? -1 })));
      for (const { row, reason } of refused) {
        this.#log.error(
          { topic: row.topic, type: row.type, messageId: row.messageId, reason },
          'the broker refuses a message; its key is blocked',
        );
        await this.store.block(row, reason);
      }
      // In one go, or a row committed in between would follow one that is no longer ahead of it.
      const blocked = new Set(refused.map(({ row }) => row.key));
      if (blocked.size > 0) this.#backlog.drop(({ key }) => blocked.has(key));
      this.#backlog.forget([...refused.map(({ row }) => row), ...held]);
    } catch (error) {
      this.#backlog.putBack(batch);
      throw error;
    }
  }

  async #roundLoop(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#round().catch((error: unknown) =>
        this.#log.warn({ err: error }, 'the leases of the lanes were not renewed'),
      );
      const timer = setTimeout(() => this.#roundDue.raise(), this.tuning.roundMs);
      await this.#roundDue.wait();
      clearTimeout(timer);
    }
  }

  async #round(): Promise<void> {
    const taken = await this.lanes.round();
    this.#backlog.drop(({ lane }) => this.lanes.fence(lane) === undefined || taken.includes(lane));
    const surplus = this.lanes.surplus();
    if (surplus.length > 0) await this.#giveUp(surplus);
    this.#rounded = true;
    const oldest = await this.store.oldest(this.lanes.held);
    this.#wake(oldest.filter(({ id }) => !this.#backlog.knows(id)).map(({ lane }) => lane));
  }

  /** Only after what is under way has ended, so that the next owner need not send it again. */
  async #giveUp(lanes: number[]): Promise<void> {
    this.lanes.stopSending(lanes);
    this.#backlog.drop(({ lane }) => lanes.includes(lane));
    await this.#sending;
    await this.#cleaner.done();
    await this.lanes.release(lanes);
    await this.wakeUp.free();
  }
}
