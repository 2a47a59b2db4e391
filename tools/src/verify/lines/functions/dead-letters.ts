import { kafka } from './kafka.ts';

/** What of a dead letter tells its story. */
export interface Letter {
  id: string;
  /** The key of its message: the order. */
  key: string;
  reason: string;
  attempts: number;
}

const topic = 'shop.orders.events.v1.order-invoice.dlt';

/** The letters of these orders that order-invoice has parked. */
export async function lettersOf(orders: ReadonlySet<string>): Promise<Letter[]> {
  const text = await kafka('console-consumer', [
    ...[`--topic=${topic}`, '--from-beginning', '--timeout-ms=5000'],
    ...['--property=print.key=true', '--property=print.headers=true', '--property=print.value=false'],
  ]);
  return lettersIn(text).filter(({ key }) => orders.has(key));
}

/** Lines of `name:value,name:value`, a tabulator, and the key of the record. */
export const lettersIn = (text: string): Letter[] =>
  text
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([headers]) => headers?.includes('dead-reason:'))
    .map(([headers = '', id = '']) => {
      const header = (name: string) => new RegExp(`(?:^|,)${name}:([^,]*)`).exec(headers)?.[1] ?? '';
      return {
        id,
        key: header('dead-key'),
        reason: header('dead-reason'),
        attempts: Number(header('dead-attempts')),
      };
    });

/** Gives letters up for good, as `npm run dlq -- purge` does. */
export const purge = (letters: readonly Letter[]): Promise<string> =>
  kafka(
    'console-producer',
    [
      `--topic=${topic}`,
      ...['--property=parse.key=true', '--property=key.separator=|', '--property=null.marker=NULL'],
    ],
    letters.map(({ id }) => `${id}|NULL\n`).join(''),
  );
