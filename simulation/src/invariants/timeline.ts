import { inputs, saga as table, start, type State } from '@shop/orders/saga';
import type { Entry } from '@shop/orders/parts';
import type { SagaRow } from '../parts/saga-rows.ts';
import type { Simulation } from '../schedule/simulation.ts';
import { orderName } from '../shop/names.ts';
import { nameOf } from '../transport/message.ts';

const isInput = new Set<string>(inputs);

/** The timeline has no gap, its states are a path through the table, and every answer is on it exactly once. */
export function checkTimelines(sim: Simulation): void {
  for (const row of sim.shop.orders.rows.rows.values()) {
    checkNumbers(sim, row);
    checkPath(sim, row);
    checkAnswers(sim, row);
  }
}

function checkNumbers(sim: Simulation, { order, timeline }: SagaRow): void {
  const gap = timeline.findIndex(({ seq }, index) => seq !== index + 1);
  if (gap >= 0)
    sim.violate(`the timeline of ${orderName(order.id)} has ${timeline[gap]!.seq} in place ${gap + 1}`);
}

function checkPath(sim: Simulation, { order, state: end, timeline }: SagaRow): void {
  let state: State = start.state;
  for (const entry of timeline) {
    if (!isInput.has(entry.type)) continue;
    sim.saw(cell(state, entry.type));
    state = next(sim, order.id, state, entry);
  }
  if (state !== end) sim.violate(`the timeline of ${orderName(order.id)} ends ${state}, the order ${end}`);
}

/** The name under which a pair of the table is counted. */
export const cell = (state: State, input: string): string => `${state} + ${input}`;

function next(sim: Simulation, id: string, state: State, { type, detail }: Entry): State {
  const rule = table[state].on[type as keyof (typeof table)[State]['on']];
  const to = typeof rule === 'object' ? rule.to : undefined;
  if (!rule || detail['state'] !== to || (to && detail['from'] !== state))
    sim.violate(
      `${type} of ${orderName(id)} leads from ${state} to ${String(detail['state'])}, by the table to ${to}`,
    );
  return to ?? state;
}

function checkAnswers(sim: Simulation, { order, timeline }: SagaRow): void {
  const sent = new Map<string, Set<string>>();
  for (const { log } of sim.shop.orders.service.partitions)
    for (const message of log)
      if (message.key === order.id) {
        const ids = sent.get(nameOf(message)) ?? new Set();
        sent.set(nameOf(message), ids.add(message.id));
      }
  const noted = new Map<string, number>();
  for (const { service, type } of timeline)
    if (service !== 'orders') noted.set(type, (noted.get(type) ?? 0) + 1);
  for (const type of new Set([...sent.keys(), ...noted.keys()])) {
    const [said, heard] = [sent.get(type)?.size ?? 0, noted.get(type) ?? 0];
    if (said !== heard)
      sim.violate(`order ${orderName(order.id)} was told ${type} ${said} times and noted it ${heard} times`);
  }
}
