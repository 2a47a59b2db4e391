import { type Producer, RefusedByBroker } from '../broker/port.ts';
import { type OutboxRow, toMessage } from './row.ts';
import { inProducerSpans } from './producer-spans.ts';

export interface Refused {
  row: OutboxRow;
  reason: string;
}

export interface Dispatched {
  sent: OutboxRow[];
  refused: Refused[];
  /** Later rows of a refused row's key: not sent, they must wait for it. */
  held: OutboxRow[];
}

/** Sends rows in order. When the broker refuses, halves them until it shows whose fault it is; throws on anything that is worth repeating. */
export async function dispatch(
  producer: Producer,
  rows: readonly OutboxRow[],
  result = nothing(),
): Promise<Dispatched> {
  const blocked = new Set(result.refused.map(({ row }) => row.key));
  const [held = [], open = []] = split(rows, (row) => blocked.has(row.key));
  result.held.push(...held);
  if (open.length === 0) return result;
  try {
    await inProducerSpans(open.map(toMessage), (messages) => producer.send(messages));
    result.sent.push(...open);
  } catch (error) {
    if (!(error instanceof RefusedByBroker)) throw error;
    const [row] = open;
    if (open.length === 1 && row) {
      result.refused.push({ row, reason: error.message });
    } else {
      const middle = Math.ceil(open.length / 2);
      await dispatch(producer, open.slice(0, middle), result);
      await dispatch(producer, open.slice(middle), result);
    }
  }
  return result;
}

const nothing = (): Dispatched => ({ sent: [], refused: [], held: [] });

const split = <T>(list: readonly T[], first: (item: T) => boolean): [T[], T[]] => [
  list.filter(first),
  list.filter((item) => !first(item)),
];
