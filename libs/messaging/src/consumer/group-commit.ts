import type { IncomingMessage } from '../broker/port.ts';
import { Pace } from '../pace.ts';
import type { Slots } from './slots.ts';

/** A partition with messages to handle. */
export interface Member {
  /** Called when its group starts. */
  gather(): readonly IncomingMessage[];
  /** All of them have been handled and committed. */
  committed(messages: readonly IncomingMessage[]): void;
  /** Nothing of them has taken effect: the partition must see to them by itself. */
  apart(messages: readonly IncomingMessage[]): Promise<void>;
}

interface Joined {
  member: Member;
  settle(ended: Promise<void> | void): void;
}

export interface GroupCommitOptions {
  /** Handles messages of several partitions in one transaction; false when that cannot be done, whatever the reason. Never rejects. */
  attempt(messages: readonly IncomingMessage[]): Promise<boolean>;
  slots: Slots;
  /** Messages beyond which no other partition is taken into a group. */
  enough: number;
  paceMs: number;
  signal: AbortSignal;
}

/**
 * Lets partitions share transactions: a commit with the messages of many costs little more than one with a single message. What each brings
 * is taken when its group starts, so that it is all that is there.
 */
export class GroupCommit {
  readonly #waiting: Joined[] = [];
  readonly #pace: Pace;
  #starting = false;

  constructor(private readonly options: GroupCommitOptions) {
    this.#pace = new Pace(options.paceMs);
  }

  /** Resolves when the messages of this member are handled, in company or apart. */
  join(member: Member): Promise<void> {
    return new Promise((settle) => {
      this.#waiting.push({ member, settle });
      void this.#start();
    });
  }

  async #start(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    await this.#pace.start(this.options.signal);
    const release = await this.options.slots.take();
    this.#starting = false;
    await this.#run().finally(release);
  }

  async #run(): Promise<void> {
    const group = this.#take();
    if (this.#waiting.length > 0) void this.#start();
    const company = group.length > 1;
    const handled = company && (await this.options.attempt(group.flatMap(({ messages }) => messages)));
    for (const { member, settle, messages } of group) {
      const ended = handled ? member.committed(messages) : member.apart(messages);
      settle(ended);
      if (!company) await ended;
    }
  }

  #take() {
    const group: (Joined & { messages: readonly IncomingMessage[] })[] = [];
    for (let count = 0; count < this.options.enough && this.#waiting.length > 0;) {
      const joined = this.#waiting.shift()!;
      const messages = joined.member.gather();
      count += messages.length;
      group.push({ ...joined, messages });
    }
    return group;
  }
}
