import { productIds } from '../shop/names.ts';
import type { Simulation } from '../schedule/simulation.ts';

/** Checks after every commit of inventory that nothing is oversold and no unit is lost. */
export const watchStock = (sim: Simulation) => (): void => {
  const { levels, reservations } = sim.shop.inventory.rows;
  const held = { RESERVED: new Map<string, number>(), COMMITTED: new Map<string, number>() };
  for (const { state, lines } of reservations.values()) {
    if (state !== 'RESERVED' && state !== 'COMMITTED') continue;
    for (const { productId, quantity } of lines)
      held[state].set(productId, (held[state].get(productId) ?? 0) + quantity);
  }
  for (const [index, initial] of sim.schedule.stock.entries()) {
    const productId = productIds[index]!;
    const { onHand, reserved } = levels.get(productId)!;
    const promised = held.RESERVED.get(productId) ?? 0;
    const sold = held.COMMITTED.get(productId) ?? 0;
    const shown = `${onHand} on hand, ${reserved} reserved, ${promised} promised, ${sold} sold of ${initial}`;
    if (reserved < 0 || reserved > onHand) sim.violate(`product ${index} is oversold: ${shown}`);
    else if (reserved !== promised || onHand + sold !== initial)
      sim.violate(`units of product ${index} do not add up: ${shown}`);
  }
};
