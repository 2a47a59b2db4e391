import type { Message } from './message.ts';

/** One partition of a topic, and how far the one group that reads it has come. */
export class Partition {
  readonly log: Message[] = [];
  /** The next message to hand over. */
  position = 0;
  /** Where a consumer begins that takes the partition over. */
  committed = 0;

  constructor(
    readonly topic: string,
    readonly number: number,
  ) {}

  get waiting(): number {
    return this.log.length - this.position;
  }

  commitOffset(): void {
    this.committed = this.position;
  }

  /** Another consumer begins where the last one had committed, and gets what came since once more. */
  takeOver(): void {
    this.position = this.committed;
  }
}
