import type { MemoryOutbox } from '../memory/outbox.ts';
import { arriveLate, begin, decide, store } from '../steps/calls.ts';
import { consume, relay, retry } from '../steps/messages.ts';
import { placeNext, refundRegretted } from '../steps/people.ts';
import type { Step } from '../steps/step.ts';
import { expire, reap, reconcile } from '../steps/time.ts';
import { settings } from '../shop/settings.ts';
import { Choice } from './choice.ts';
import type { Simulation } from './simulation.ts';

/** Far more than any order needs. */
const MOST_TURNS = 3_000;
const MOST_LEASES = 10;

const ordinary = new Choice(0);
const course: readonly Step[] = [
  placeNext,
  refundRegretted,
  relay,
  consume,
  retry,
  arriveLate,
  begin,
  decide,
  store,
];
const sweeps: readonly Step[] = [reap, expire, reconcile];

/** Leaves everything in peace: whatever is under way arrives, time passes as far as somebody waits for it, and nothing fails any more. */
export async function settle(sim: Simulation): Promise<void> {
  const { clock } = sim.shop;
  let swept = 0;
  let leases = 0;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    if (clock.now > swept) {
      for (const sweep of sweeps) await sweep(sim, ordinary);
      swept = clock.now;
    }
    await lookAgain(sim);
    sim.check();
    if (await any(sim)) continue;
    if (!passTime(sim, () => ++leases <= MOST_LEASES)) return;
  }
  sim.violate(
    `the orders do not settle: ${[...sim.shop.orders.rows.rows.values()].map(({ state }) => state).join()}`,
  );
}

async function any(sim: Simulation): Promise<boolean> {
  for (const step of course) if (await step(sim, ordinary)) return true;
  return false;
}

async function lookAgain(sim: Simulation): Promise<void> {
  for (const worker of sim.shop.payments.workers) await worker.look();
}

/** Time passes to the next deadline, or for a lease while a call is nobody's; answers whether anybody waits. */
function passTime({ shop }: Simulation, mayWait: () => boolean): boolean {
  const deadlines = [...shop.orders.rows.rows.values()].flatMap(({ deadline }) => deadline ?? []);
  const waits = deadlines.length > 0 ? Math.min(...deadlines) - shop.clock.now + 1 : Infinity;
  const lease = shop.payments.tables.openCalls().length > 0 && mayWait() ? settings.leaseMs + 1 : Infinity;
  const blocked = shop.services.flatMap(({ outbox }) => blockedUntil(outbox, shop.clock.now));
  const ms = Math.min(waits, lease, ...blocked.map((until) => until - shop.clock.now));
  if (ms === Infinity) return false;
  shop.clock.pass(Math.max(1, ms));
  return true;
}

const blockedUntil = ({ rows, blocked }: MemoryOutbox, now: number): number[] =>
  [...rows.values()].flat().flatMap(({ id }) => {
    const until = blocked.get(id) ?? 0;
    return until > now ? until : [];
  });
