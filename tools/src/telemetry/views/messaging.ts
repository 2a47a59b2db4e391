import type { MetricStore, Series } from '../store/metric-store.ts';
import { increase, largest, levels, sum, total } from './counters.ts';
import { slotEnds } from './window.ts';

/** What a service has stored to send and not sent yet. */
export interface OutboxRow {
  service: string;
  depth: number | null;
  ageSeconds: number | null;
  history: (number | null)[];
}

/** How far a group is behind in a topic; null while it cannot tell, as without a broker. */
export interface LagRow {
  group: string;
  topic: string;
  lag: number | null;
  /** How many wait in the topic's retry topic, to be tried again. */
  retrying: number | null;
  deadLetters: number;
  history: (number | null)[];
}

/** Every replica counts the same table, so the largest number is the outbox. */
export function outboxesOf(metrics: MetricStore, now: number): OutboxRow[] {
  const ages = metrics.of('shop.outbox.age', now);
  return [...Map.groupBy(metrics.of('shop.outbox.depth', now), ({ service }) => service)]
    .map(([service, depths]) => ({
      service,
      depth: largest(depths, now),
      ageSeconds: largest(
        ages.filter((age) => age.service === service),
        now,
      ),
      history: slotEnds(now).map((end) => largest(depths, end)),
    }))
    .sort((a, b) => a.service.localeCompare(b.service));
}

/** Each partition is counted by the process that has it, so a group's lag is the sum. */
export function lagsOf(metrics: MetricStore, now: number): LagRow[] {
  const parked = Map.groupBy(metrics.of('shop.messaging.dead_lettered', now), pairOf);
  const partitions = Map.groupBy(metrics.of('shop.messaging.consumer.lag', now), pairOf);
  return [...partitions]
    .map(([pair, series]) => {
      const { group, topic } = namesOf(series[0] as Series);
      const retries = partitions.get(pairText(group, `${topic}.${group}.retry`)) ?? [];
      return {
        ...{ group, topic },
        lag: total(series, now),
        retrying: total(retries, now),
        deadLetters: sum((parked.get(pair) ?? []).map((one) => increase(one, 0, now))),
        history: levels(series, now),
      };
    })
    .filter(({ group, topic }) => !topic.endsWith(`.${group}.retry`))
    .sort((a, b) => pairText(a.group, a.topic).localeCompare(pairText(b.group, b.topic)));
}

const namesOf = ({ attributes }: Series) => ({
  group: String(attributes['messaging.consumer.group.name']),
  topic: String(attributes['messaging.destination.name']),
});
const pairText = (group: string, topic: string): string => `${group} ${topic}`;
function pairOf(series: Series): string {
  const { group, topic } = namesOf(series);
  return pairText(group, topic);
}
