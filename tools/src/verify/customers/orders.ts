import { eventually, type EventuallyOptions } from '@shop/testing';
import type { Shoppers } from './shoppers.ts';

/** What has become of the orders that were accepted. */
export interface Settled {
  accepted: number;
  /** Not there, without an end, or refused: what these customers want can be had and paid for. */
  lost: number;
  toString(): string;
}

/** Waits until every order has ended, or for two minutes. */
export async function settled(
  { accepted, standings }: Pick<Shoppers, 'accepted' | 'standings'>,
  patience: EventuallyOptions = { timeoutMs: 120_000, everyMs: 2_000 },
): Promise<Settled> {
  let counts = countsOf(accepted, new Map());
  const look = async () => {
    counts = countsOf(accepted, await standings());
    const open = countOf(counts, (standing) => standing === 'PENDING' || standing === 'missing');
    if (open > 0) throw new Error(`${open} are open`);
  };
  await eventually(look, patience).catch(() => {});
  const lost = countOf(counts, (standing) => standing !== 'CONFIRMED');
  const ends = counts.map(({ standing, orders }) => `${orders} ${standing}`).join(', ');
  return {
    accepted: accepted.size,
    lost,
    toString: () => `${accepted.size} orders accepted, ${lost} lost (${ends})`,
  };
}

interface Standing {
  standing: string;
  orders: number;
}

const countsOf = (accepted: ReadonlySet<string>, standings: ReadonlyMap<string, string>): Standing[] =>
  [...Map.groupBy(accepted, (id) => standings.get(id) ?? 'missing')].map(([standing, ids]) => ({
    standing,
    orders: ids.length,
  }));

const countOf = (counts: readonly Standing[], those: (standing: string) => boolean): number =>
  counts.filter(({ standing }) => those(standing)).reduce((sum, { orders }) => sum + orders, 0);
