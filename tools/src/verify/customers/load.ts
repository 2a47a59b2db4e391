import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../gateway/client.ts';
import type { Note, Stage } from '../line.ts';
import { settled, type Settled } from './orders.ts';
import { type Call, shoppers } from './shoppers.ts';
import { Tally } from './tally.ts';

/** What came of some work, and what customers saw of it. */
export interface Endured<T> {
  result: T;
  tally: Tally;
}

/** Modest, because all of the cluster may be a laptop, which also has to start the pods. */
const readsPerSecond = 10;
const ordersPerSecond = 4;
/** What is quiet before and after shows that it was not the load. */
const marginMs = 5_000;

/** Does the work while customers read and order, then waits until every order has ended. */
export async function underLoad<T>(
  stage: Stage,
  note: Note,
  work: () => Promise<T>,
): Promise<Endured<T> & { orders: Settled }> {
  const people = await shoppers(stage);
  const endured = await meanwhile(stage, work, (tally) => [
    steadily(readsPerSecond, people.reads, 200, tally),
    steadily(ordersPerSecond, [people.order], 202, tally),
  ]);
  note(`${endured.tally}; waiting for the end of ${people.accepted.size} orders`);
  return { ...endured, orders: await settled(people) };
}

/** Does the work while customers read. */
export async function underReads<T>(
  stage: Stage,
  work: () => Promise<T>,
  perSecond = readsPerSecond,
): Promise<Endured<T>> {
  const { reads } = await shoppers(stage);
  return meanwhile(stage, work, (tally) => [steadily(perSecond, reads, 200, tally)]);
}

async function meanwhile<T>(
  { signal }: Stage,
  work: () => Promise<T>,
  start: (tally: Tally) => Stream[],
): Promise<Endured<T>> {
  const tally = new Tally();
  const streams = start(tally);
  try {
    await pause(marginMs, undefined, { signal });
    const result = await work();
    await pause(marginMs, undefined, { signal });
    return { result, tally };
  } finally {
    await Promise.all(streams.map(({ stop }) => stop()));
  }
}

interface Stream {
  /** Resolves when every call has its answer. */
  stop(): Promise<void>;
}

/** Calls in turn, so many in a second, however slow the answers are. */
function steadily(perSecond: number, calls: readonly Call[], expected: number, tally: Tally): Stream {
  const open = new Set<Promise<void>>();
  let next = 0;
  const timer = setInterval(() => {
    const call = calls[next++ % calls.length]!;
    const made = counted(call, expected, tally).finally(() => open.delete(made));
    open.add(made);
  }, 1_000 / perSecond);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(open);
    },
  };
}

async function counted(call: Call, expected: number, tally: Tally): Promise<void> {
  const since = performance.now();
  const fault = await call().then(
    (answer) => (answer.status === expected ? undefined : refusal(answer)),
    (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
  );
  tally.count(performance.now() - since, fault);
}

function refusal({ status, body }: Answer<unknown>): string {
  const { code = '' } = (typeof body === 'object' && body ? body : {}) as { code?: string };
  return `${status} ${code || String(body).slice(0, 60)}`.trim();
}
