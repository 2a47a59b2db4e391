import type { Arena } from '../lab/arena.ts';
import { checkoutLoad } from '../measure/checkout-load.ts';
import type { Bench } from './bench.ts';

/** Orders a second: enough for compilers to take notice, and no flood that has to be waited for. */
const RATE = 150;

/** Gateways that have seen load. */
const warm = new Set<number>();

/** Gives what was just started the load that makes it quick; nothing to do for what has had it. */
export async function warmUp(
  { load, effort }: Bench,
  arena: Arena,
  note: (text: string) => void,
): Promise<void> {
  const { pid } = arena.processes().find(({ name }) => name === 'gateway')!;
  if (warm.has(pid)) return;
  note('warming up');
  await checkoutLoad(arena, load, { rate: RATE, seconds: effort.warmUpSeconds });
  warm.add(pid);
}
