import { type InputType, inputs, saga as table, type State } from '@shop/orders/saga';
import { cell } from '../invariants/timeline.ts';
import type { Tally } from '../schedule/simulation.ts';

/** How an order can end. */
export const ends = [
  'CONFIRMED',
  'REFUNDED',
  'REJECTED: stock/insufficient',
  'REJECTED: stock/reservation-expired',
  'REJECTED: order/timed-out',
  'REJECTED: payment/declined',
  'REJECTED: payment/insufficient-funds',
  'REJECTED: payment/authorisation-expired',
  'CANCELLED: order/cancelled-by-customer',
  'CANCELLED: order/cancelled-by-admin',
].map((end) => `ended ${end}`);

/** What can go wrong, and what people do; a run that never saw one of these proves nothing about it. */
export const faults = [
  'commit rolled back',
  'commit unacknowledged',
  'outcome rolled back',
  'outcome unacknowledged',
  'claim unacknowledged',
  'orders died',
  'inventory died',
  'payments died',
  'relay died between send and delete',
  'message refused by the broker',
  'message through the retry topic',
  'late copies of messages',
  'request answer lost',
  'request times out',
  'request arrives late',
  'request fails',
  'request unreachable',
  'request hangs',
  'call taken over',
  'payment reconciled',
  'deadline passed',
  'reservation expired',
  'authorisation expired',
  'placing repeated',
  'cancellation accepted',
  'cancellation refused',
  'cancellation unanswered',
  'refund accepted',
  'refund refused',
  'refund unanswered',
];

/** With fewer schedules, what is rare may be missing by chance. */
export const ENOUGH = 20_000;

export const neverSeen = (tally: Tally): string[] => [...ends, ...faults].filter((what) => !tally[what]);

/** The pairs of state and input that the table knows, without those that only refuse, and so leave no trace. */
const pairs = (Object.keys(table) as State[]).flatMap((state) =>
  inputs
    .filter((input: InputType) => (table[state].on[input] ?? 'refuse') !== 'refuse')
    .map((input) => cell(state, input)),
);

/** How much of the table was reached, and what was not, as `StockReserved in COMPLETING, CONFIRMED`. */
export function tableCoverage(tally: Tally): { reached: number; of: number; missing: string[] } {
  const missing = pairs.filter((pair) => !tally[pair]).map((pair) => pair.split(' + ') as [string, string]);
  const byInput = Map.groupBy(missing, ([, input]) => input);
  return {
    reached: pairs.length - missing.length,
    of: pairs.length,
    missing: [...byInput].map(([input, list]) => `${input} in ${list.map(([state]) => state).join(', ')}`),
  };
}
