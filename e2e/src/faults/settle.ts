import { unsettled, untilSettled } from './evidence/unsettled.ts';
import type { Load } from './load/load.ts';
import type { Scene } from './scene.ts';

/** Longer than any order may take: every step has its deadline. */
const BOUND_MS = 240_000;

/** Waits until every customer is served and nothing is under way anywhere; answers what still is when it took too long. */
export function settle({ databases, kafka, book, progress, signal }: Scene, load: Load): Promise<string[]> {
  const look = async () => {
    const customers = load.running > 0 ? [`${load.running} customers wait`] : [];
    const orders = book.open.size > 0 ? [`${book.open.size} orders have not ended`] : [];
    const waiting = [...customers, ...orders];
    return waiting.length > 0 ? waiting : unsettled(databases, kafka);
  };
  return progress.step('Settling', async (note) => {
    const open = await untilSettled(look, { boundMs: BOUND_MS, signal, tell: note });
    note(open.length === 0 ? 'nothing is under way any more' : `still under way: ${open.join(', ')}`);
    return open;
  });
}
