import type { TimelineEntry } from '@shop/contracts';

export interface ServerSentEvent {
  id: number;
  entry: TimelineEntry;
}

/** A client of a timeline stream: collects events and comments until the server ends it. */
export class EventStream {
  readonly events: ServerSentEvent[] = [];
  readonly comments: string[] = [];
  readonly ended: Promise<void>;
  #open = true;

  constructor(readonly response: Response) {
    this.ended = this.#read().finally(() => (this.#open = false));
    this.ended.catch(() => {});
  }

  get open(): boolean {
    return this.#open;
  }

  get types(): string[] {
    return this.events.map(({ entry }) => entry.type);
  }

  async #read(): Promise<void> {
    let rest = '';
    for await (const text of this.response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
    const comment = fields.get('');
    if (comment) this.comments.push(comment);
    if (fields.has('data'))
      this.events.push({
        id: Number(fields.get('id')),
        entry: JSON.parse(fields.get('data')!) as TimelineEntry,
      });
  }
}
