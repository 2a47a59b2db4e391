import type { Reason } from '@shop/contracts';
import { type Acceptance, decide, type Decision } from './decide.ts';
import type { OrderRecord } from './order-record.ts';
import { saga, start } from './saga.ts';
import type { Announcement, Command, Input, State } from './vocabulary.ts';

export interface Entry {
  seq: number;
  service: string;
  type: string;
  detail: Record<string, unknown>;
  traceId: string;
}

/** Who brought an input, and what the timeline should say about it. */
export interface Origin {
  service: string;
  detail?: Record<string, unknown>;
  traceId: string;
}

/** What an input leads to besides the saga's own new state. */
export interface Effects {
  outcome: Decision['outcome'];
  commands: Command[];
  announcement?: Announcement;
}

const SELF = 'orders';

/** The saga of one order in memory: applies inputs one after the other and keeps what must be written about them. */
export class OrderSaga {
  readonly entries: Entry[] = [];
  /** The states that were left, oldest first. */
  readonly left: State[] = [];
  /** Whether a state was entered, so that its time limit starts. */
  entered = false;
  reason: Reason | undefined;

  constructor(
    readonly order: OrderRecord,
    public state: State,
    public seq: number,
  ) {}

  static begin(order: OrderRecord, traceId: string): OrderSaga {
    const begun = new OrderSaga(order, start.state, 0);
    begun.#note({ service: SELF, type: 'OrderPlaced', detail: { state: start.state }, traceId });
    begun.#note({ service: SELF, type: start.send, detail: {}, traceId });
    return begun;
  }

  receive(input: Input, origin: Origin): Effects {
    const decision = decide(this.state, input);
    if (decision.outcome === 'refused') return { outcome: 'refused', commands: [] };
    if (decision.outcome === 'ignored') {
      this.#note({
        service: origin.service,
        type: input.type,
        detail: { ...origin.detail },
        traceId: origin.traceId,
      });
      return { outcome: 'ignored', commands: [] };
    }
    return this.#accept(decision, input, origin);
  }

  #accept(decision: Acceptance, input: Input, { service, detail, traceId }: Origin): Effects {
    const from = this.state;
    const change = decision.entered ? { from, state: decision.state } : {};
    this.#note({ service, type: input.type, detail: { ...detail, ...change }, traceId });
    this.#enter(decision);
    const retry = decision.entered && from === decision.state ? { retry: true } : {};
    for (const { command, undoes } of decision.dispatch) {
      this.#note({
        service: SELF,
        type: command,
        detail: { ...retry, ...(undoes.length > 0 && { undoes }) },
        traceId,
      });
    }
    const announcement = from === decision.state ? undefined : saga[decision.state].announce;
    if (announcement) {
      this.#note({
        service: SELF,
        type: announcement,
        detail: decision.reason ? { reason: decision.reason } : {},
        traceId,
      });
    }
    return { outcome: 'accepted', commands: decision.dispatch.map(({ command }) => command), announcement };
  }

  #enter(decision: Acceptance): void {
    if (!decision.entered) return;
    this.left.push(this.state);
    this.state = decision.state;
    this.entered = true;
    this.reason = decision.reason ?? this.reason;
  }

  #note(entry: Omit<Entry, 'seq'>): void {
    this.entries.push({ seq: ++this.seq, ...entry });
  }
}
