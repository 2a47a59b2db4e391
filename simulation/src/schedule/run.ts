import { checkAnnouncements } from '../invariants/announcements.ts';
import { checkEnds } from '../invariants/ends.ts';
import { checkMoney } from '../invariants/money.ts';
import { checkTimelines } from '../invariants/timeline.ts';
import { steps } from '../steps/table.ts';
import { Choice } from './choice.ts';
import { settle } from './settle.ts';
import type { Simulation } from './simulation.ts';

/** Runs a whole schedule; throws a Violation as soon as there is one. */
export async function run(sim: Simulation): Promise<void> {
  await follow(sim, sim.schedule.before);
  await finish(sim);
  await follow(sim, sim.schedule.after);
  await finish(sim);
  for (const { state, reason } of sim.shop.orders.rows.rows.values())
    sim.saw(`ended ${state}${reason ? `: ${reason.code}` : ''}`);
}

async function follow(sim: Simulation, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    const choice = new Choice(number);
    await choice.one(steps)!(sim, choice);
    sim.check();
  }
}

/** Leaves everything in peace, then looks whether every promise was kept. */
export async function finish(sim: Simulation): Promise<void> {
  sim.note(() => 'everything is left in peace');
  await settle(sim);
  for (const check of [checkEnds, checkMoney, checkTimelines, checkAnnouncements]) check(sim);
  sim.check();
}
