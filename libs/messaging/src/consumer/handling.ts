import { logger } from '@shop/tracing';
import { backoffMs, pause } from '../backoff.ts';
import type { IncomingMessage } from '../broker/port.ts';
import type { Delivery } from '../delivery.ts';
import { classify } from '../errors.ts';
import type { Tuning } from '../tuning.ts';
import { type Catalogue, decode, definitionOf } from './envelope.ts';
import type { Execution } from './execution.ts';
import type { Handlers } from './handlers.ts';
import type { Failure, Parking } from './parking.ts';
import { roundOf } from './rounds.ts';

interface Accepted {
  message: IncomingMessage;
  delivery: Delivery;
}

/** How the caller stops the handling, and learns that it stands still. */
export interface Course {
  signal: AbortSignal;
  /** Database or broker are out of reach: the partition makes no progress until this handling ends. */
  stalled(): void;
}

/** Decides what becomes of each message: handled, retried, or parked, and never just dropped. */
export class Handling {
  readonly #log = logger('consumer');

  constructor(
    private readonly catalogue: Catalogue,
    private readonly handlers: Handlers,
    private readonly execution: Execution,
    private readonly parking: Parking,
    private readonly tuning: Tuning,
  ) {}

  /** Handles all messages in one transaction, if that works at the first try. Never throws; false means that nothing has taken effect. */
  async attempt(messages: readonly IncomingMessage[]): Promise<boolean> {
    const { accepted, faulty } = this.#sort(messages);
    if (faulty.length > 0) return false;
    try {
      await this.execution.run(accepted.map(({ delivery }) => delivery));
      return true;
    } catch (error) {
      this.#log.debug(
        { err: error, messages: accepted.length },
        'a group failed; its partitions go on apart',
      );
      return false;
    }
  }

  /** Resolves when every message is handled or safely elsewhere. Throws only when `course.signal` aborts before. */
  async handle(messages: readonly IncomingMessage[], course: Course): Promise<void> {
    const { accepted, faulty } = this.#sort(messages);
    await this.#park(() => this.parking.dead(faulty), course);
    if (accepted.length > 1 && (await this.#together(accepted, course))) return;
    for (const one of accepted) await this.#single(one, course);
  }

  async #together(accepted: readonly Accepted[], course: Course): Promise<boolean> {
    try {
      await this.#run(accepted, course);
      return true;
    } catch (error) {
      if (course.signal.aborted) throw error;
      this.#log.debug(
        { err: error, messages: accepted.length },
        'a batch failed; its messages are handled one by one',
      );
      return false;
    }
  }

  #sort(messages: readonly IncomingMessage[]): { accepted: Accepted[]; faulty: Failure[] } {
    const accepted: Accepted[] = [];
    const faulty: Failure[] = [];
    for (const message of messages) {
      try {
        const definition = definitionOf(message, this.catalogue);
        if (this.handlers.of(definition.type).length > 0)
          accepted.push({ message, delivery: decode(message, definition) });
      } catch (error) {
        faulty.push({ message, error, attempts: 0 });
      }
    }
    return { accepted, faulty };
  }

  async #single(one: Accepted, course: Course): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#run([one], course);
      } catch (error) {
        if (course.signal.aborted) throw error;
        const failure = { message: one.message, error, attempts: this.#attempts(one, attempt) };
        const detail = { err: error, messageId: one.delivery.id, type: one.delivery.type, attempt };
        if (classify(error) === 'permanent') {
          this.#log.error(detail, 'a message cannot be handled and becomes a dead letter');
          return this.#park(() => this.parking.dead([failure]), course);
        }
        if (attempt >= this.tuning.tries) {
          this.#log.warn(detail, 'a message failed again and leaves the partition');
          return this.#park(() => this.parking.later(failure), course);
        }
      }
      await pause(backoffMs(attempt, this.tuning.triesBaseMs, 1_000), course.signal);
    }
  }

  #run(list: readonly Accepted[], course: Course): Promise<void> {
    const deliveries = list.map(({ delivery }) => delivery);
    return this.#despiteOutages(
      () => this.execution.run(deliveries),
      (error) => classify(error) === 'infrastructure',
      course,
    );
  }

  /** A failure to park is waited out, whatever it is: anything else would lose the message. */
  #park(send: () => Promise<void>, course: Course): Promise<void> {
    return this.#despiteOutages(send, () => true, course);
  }

  async #despiteOutages(
    work: () => Promise<void>,
    isOutage: (error: unknown) => boolean,
    { signal, stalled }: Course,
  ): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || !isOutage(error)) throw error;
        stalled();
        this.#log.warn({ err: error, failures }, 'a partition waits for database or broker');
        await pause(backoffMs(failures, this.tuning.outageBaseMs, this.tuning.outageMaxMs), signal);
        if (signal.aborted) throw error;
      }
    }
  }

  #attempts({ message }: Accepted, attempt: number): number {
    return roundOf(message) * this.tuning.tries + attempt;
  }
}
