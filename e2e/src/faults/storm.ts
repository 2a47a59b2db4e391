import { setTimeout as sleep } from 'node:timers/promises';
import type { Field, Kind, Stroke, Target } from './kinds/kind.ts';
import { Random } from './random.ts';

/** A fault that happened, and how long it took until orders were confirmed again. */
export interface Inflicted {
  kind: string;
  detail: string;
  /** Undefined when they were not. */
  recoveredMs: number | undefined;
  failure?: string;
}

interface Weather {
  field: Field;
  /** Resolves once orders are confirmed again. */
  recovered: (signal: AbortSignal) => Promise<void>;
  seed: number;
  /** From the start of one fault to the start of the next. */
  everyMs: number;
  signal: AbortSignal;
}

const AT_ONCE = 4;
const RECOVERY_BOUND_MS = 120_000;
const FIRST_AFTER_MS = 2_000;

/** Inflicts faults at a steady pace, a few at a time, never two on the same target. */
export class Storm {
  readonly inflicted: Inflicted[] = [];
  readonly #weather: Weather;
  readonly #raging = new Map<Target, { label: string; over: Promise<void> }>();
  begun = 0;

  constructor(weather: Weather) {
    this.#weather = weather;
  }

  /** What goes wrong at this moment. */
  get raging(): string[] {
    return [...this.#raging.values()].map(({ label }) => label);
  }

  /** Resolves, or throws, once every fault is over and undone. */
  async run(kinds: readonly Kind[]): Promise<void> {
    try {
      await this.#all(kinds);
    } finally {
      await Promise.all([...this.#raging.values()].map(({ over }) => over));
    }
  }

  async #all(kinds: readonly Kind[]): Promise<void> {
    const { seed, everyMs, signal } = this.#weather;
    const start = performance.now() + FIRST_AFTER_MS;
    for (const [index, kind] of kinds.entries()) {
      const stroke = kind.draw(Random.of(seed ^ 0x5f0a17, index));
      await sleep(Math.max(0, start + index * everyMs - performance.now()), undefined, { signal });
      await this.#room(stroke.target);
      signal.throwIfAborted();
      this.begun += 1;
      const over = this.#inflict(kind, stroke).finally(() => this.#raging.delete(stroke.target));
      this.#raging.set(stroke.target, { label: `${kind.name} ${stroke.detail}`.trim(), over });
    }
  }

  async #room(target: Target): Promise<void> {
    while (this.#raging.has(target) || this.#raging.size >= AT_ONCE) {
      const waits =
        this.#raging.get(target)?.over ?? Promise.race([...this.#raging.values()].map(({ over }) => over));
      await waits;
    }
  }

  async #inflict({ name }: Kind, { detail, strike, fromStart }: Stroke): Promise<void> {
    const begun = performance.now();
    const entry: Inflicted = { kind: name, detail, recoveredMs: undefined };
    this.inflicted.push(entry);
    try {
      await strike(this.#weather.field);
      const ended = performance.now();
      await this.#untilRecovered();
      entry.recoveredMs = performance.now() - (fromStart ? begun : ended);
    } catch (error) {
      entry.failure = (error as Error).message;
    }
  }

  async #untilRecovered(): Promise<void> {
    const late = AbortSignal.timeout(RECOVERY_BOUND_MS);
    try {
      await this.#weather.recovered(AbortSignal.any([this.#weather.signal, late]));
    } catch (error) {
      if (!late.aborted) throw error;
      throw new Error(`no orders were confirmed within ${RECOVERY_BOUND_MS / 1_000} s`, { cause: error });
    }
  }
}
