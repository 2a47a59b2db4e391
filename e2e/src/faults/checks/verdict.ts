import type { OrderEvidence } from '../evidence/order-evidence.ts';
import { orderChecks } from './index.ts';

export interface Violation {
  /** The order, product, letter or fault that it is about. */
  about: string;
  what: string;
}

/** One promise, and where it was broken. */
export interface Verdict {
  promise: string;
  /** How many things were looked at. */
  checked: number;
  broken: number;
  /** The first of them. */
  violations: Violation[];
}

const SHOWN = 10;

/** A verdict that grows while evidence comes in. */
export class Tally implements Verdict {
  readonly promise: string;
  readonly violations: Violation[] = [];
  checked = 0;
  broken = 0;

  constructor(promise: string) {
    this.promise = promise;
  }

  note(about: string, what: string | undefined): void {
    this.checked += 1;
    if (what === undefined) return;
    this.broken += 1;
    if (this.violations.length < SHOWN) this.violations.push({ about, what });
  }
}

export interface OrdersVerdict {
  verdicts: Verdict[];
  /** How many orders ended in each status. */
  outcomes: Record<string, number>;
}

/** Holds every order against every promise. */
export async function judgeOrders(orders: AsyncIterable<OrderEvidence>): Promise<OrdersVerdict> {
  const tallies = orderChecks.map(([promise, check]) => ({ tally: new Tally(promise), check }));
  const outcomes: Record<string, number> = {};
  for await (const evidence of orders) {
    const status = evidence.order?.status ?? 'LOST';
    outcomes[status] = (outcomes[status] ?? 0) + 1;
    for (const { tally, check } of tallies) tally.note(evidence.id, check(evidence));
  }
  return { verdicts: tallies.map(({ tally }) => tally), outcomes };
}

/** The verdict on things that each name what is wrong with them, if anything. */
export function verdictOn<T>(
  promise: string,
  things: readonly T[],
  judge: (thing: T) => Violation | undefined,
  checked = things.length,
): Verdict {
  const violations = things.map(judge).filter((violation) => violation !== undefined);
  return { promise, checked, broken: violations.length, violations: violations.slice(0, SHOWN) };
}
