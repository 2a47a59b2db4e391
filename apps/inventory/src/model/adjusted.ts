import { Problem } from '@shop/service-kit';
import { stockProblems } from '../inventory.errors.ts';
import type { Level } from './reservation.ts';

/** Far below what the column holds, so that returned goods always fit. */
const most = 1_000_000_000;

/** The level after units were added to or taken from the house. What is reserved is promised, so it cannot be taken. */
export function adjusted(level: Level, delta: number): Level {
  const onHand = level.onHand + delta;
  if (onHand < level.reserved) {
    throw new Problem(
      stockProblems.belowReserved,
      `${level.onHand} units are on hand and ${level.reserved} of them are reserved.`,
    );
  }
  if (onHand > most)
    throw new Problem(stockProblems.aboveLimit, `At most ${most} units of a product can be on hand.`);
  return { ...level, onHand };
}
