import type { Choice } from '../schedule/choice.ts';
import type { Simulation } from '../schedule/simulation.ts';
import { orderIds, orderName } from '../shop/names.ts';
import { mishapOf, type Step, told } from './step.ts';

const name = (index: number) => orderName(orderIds[index]!);
const keys = ['1', '2'];

/** Places the next order that is still to come. */
export const placeNext: Step = async (sim, choice) => {
  const index = sim.schedule.orders.findIndex((_, at) => !sim.placed.has(at));
  if (index >= 0) await placeAt(sim, index, mishapOf(choice));
  return index >= 0;
};

/** Places an order, or repeats the request under the same key. */
export const place: Step = async (sim, choice) => {
  await placeAt(sim, choice.of(sim.schedule.orders.length), mishapOf(choice));
  return true;
};

async function placeAt(sim: Simulation, index: number, mishap: ReturnType<typeof mishapOf>): Promise<void> {
  const again = sim.placed.has(index);
  sim.note(() => `customer places ${name(index)}${again ? ' again under the same key' : ''}${told(mishap)}`);
  const { orders } = sim.shop;
  const done = await sim.risk(orders.transactions, mishap, () =>
    orders.place(index, sim.schedule.orders[index]!),
  );
  if (!done) return;
  sim.placed.add(index);
  sim.saw(again ? 'placing repeated' : 'placed');
}

export const cancel: Step = async (sim, choice) => {
  const index = choice.one([...sim.placed]);
  // Seldom: an order that is cancelled early shows nothing of what comes later.
  if (index === undefined || choice.onceIn(2)) return false;
  const mishap = mishapOf(choice);
  const by = choice.onceIn(4) ? 'admin' : 'customer';
  const key = choice.one(keys)!;
  return ask(sim, `${by} cancels ${name(index)}`, 'cancellation', mishap, () =>
    sim.shop.orders.cancel(index, by, key),
  );
};

/** What was regretted is refunded as soon as it is confirmed. */
export const refundRegretted: Step = (sim, choice) => {
  const index = sim.schedule.orders.findIndex(
    ({ regretted }, at) => regretted && sim.shop.orders.rows.rows.get(orderIds[at]!)?.state === 'CONFIRMED',
  );
  return index >= 0 && refundAt(sim, index, choice);
};

export const refund: Step = async (sim, choice) => {
  const index = choice.one([...sim.placed]);
  return index !== undefined && refundAt(sim, index, choice);
};

function refundAt(sim: Simulation, index: number, choice: Choice): Promise<boolean> {
  const mishap = mishapOf(choice);
  const key = choice.one(keys)!;
  return ask(sim, `admin refunds ${name(index)}`, 'refund', mishap, () => sim.shop.orders.refund(index, key));
}

async function ask(
  sim: Simulation,
  text: string,
  what: string,
  mishap: ReturnType<typeof mishapOf>,
  request: () => Promise<boolean>,
): Promise<boolean> {
  let accepted = false;
  const answered = await sim.risk(
    sim.shop.orders.transactions,
    mishap,
    async () => (accepted = await request()),
  );
  const outcome = answered ? (accepted ? 'accepted' : 'refused') : 'unanswered';
  sim.note(() => `${text}: ${outcome}${told(mishap)}`);
  sim.saw(`${what} ${outcome}`);
  return accepted;
}
