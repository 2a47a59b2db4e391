import { settings } from '../shop/settings.ts';
import { mishapOf, type Step, told } from './step.ts';

const jumps = [500, 7_000, 11_000, 25_000, 130_000, settings.authorisationTtlMs + 1_000];

export const wait: Step = (sim, choice) => {
  const ms = choice.one(jumps)!;
  sim.note(() => `${ms / 1_000} s pass`);
  sim.shop.clock.pass(ms);
  return true;
};

export const reap: Step = async (sim, choice) => {
  const mishap = mishapOf(choice);
  const { reaper, transactions } = sim.shop.orders;
  let moved = 0;
  await sim.risk(transactions, mishap, async () => (moved = await reaper.reap()));
  if (moved > 0) sim.saw('deadline passed');
  if (moved > 0) sim.note(() => `the reaper moves ${moved} orders on${told(mishap)}`);
  return moved > 0;
};

export const expire: Step = async (sim, choice) => {
  const mishap = mishapOf(choice);
  const { expire: sweep, transactions } = sim.shop.inventory;
  let freed = 0;
  await sim.risk(transactions, mishap, async () => (freed = await sweep.run()));
  if (freed > 0) sim.saw('reservation expired');
  if (freed > 0) sim.note(() => `${freed} reservations expire${told(mishap)}`);
  return freed > 0;
};

export const reconcile: Step = async (sim) => {
  const asked = await sim.shop.payments.reconcile.run(settings.reconcileAfterMs);
  if (asked > 0) sim.saw('payment reconciled');
  if (asked > 0) sim.note(() => `${asked} payments that have rested are asked about`);
  return asked > 0;
};
