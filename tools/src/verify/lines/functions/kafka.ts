import { kubectl } from '../../../cluster/kubectl.ts';

/** One of the programs that Kafka brings, beside the broker; small, for it shares the broker's memory. */
export const kafka = (program: string, args: string[], input = ''): Promise<string> =>
  kubectl(
    [
      ...['--namespace=data', 'exec', '--stdin', 'kafka-0', '--container=kafka', '--'],
      ...['env', 'KAFKA_HEAP_OPTS=-Xmx64m', `/opt/kafka/bin/kafka-${program}.sh`],
      ...['--bootstrap-server=localhost:9092', ...args],
    ],
    input,
  );

/** Throws while a group has messages that it has not handled. */
export async function handled(group: string): Promise<void> {
  const lag = lagIn(await kafka('consumer-groups', ['--describe', `--group=${group}`]));
  if (lag > 0) throw new Error(`${lag} messages wait for ${group}`);
}

/** How many messages a group has not handled, over all its topics: the sum of the column LAG. Where nothing was ever committed, all that is there is left. */
export function lagIn(table: string): number {
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  const head = rows.findIndex((row) => row.includes('LAG'));
  if (head < 0) throw new Error(`Kafka says nothing of the group's lag: ${table.trim()}`);
  const [lag, end] = ['LAG', 'LOG-END-OFFSET'].map((name) => rows[head]!.indexOf(name)) as [number, number];
  return rows
    .slice(head + 1)
    .filter((row) => row.length > lag)
    .reduce((sum, row) => sum + Number(row[lag] === '-' ? row[end] : row[lag]), 0);
}
