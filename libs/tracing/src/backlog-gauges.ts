import type { Meter } from '@opentelemetry/api';

/** What waits, of one kind; the oldest in seconds. */
export interface Waiting {
  kind: string;
  count: number;
  oldest: number;
}

export interface BacklogGauges {
  count: { name: string; description: string; unit: string };
  oldest: { name: string; description: string };
  /** The attribute that names the kind. */
  attribute: string;
  kinds: readonly string[];
  read: () => Promise<readonly Waiting[]>;
}

/** Shows with every scrape how much waits, and how long the oldest of it has: 0 of a kind of which nothing does. */
export function backlogGauges(meter: Meter, { attribute, kinds, read, ...of }: BacklogGauges): void {
  const count = meter.createObservableGauge(of.count.name, of.count);
  const oldest = meter.createObservableGauge(of.oldest.name, { ...of.oldest, unit: 's' });
  meter.addBatchObservableCallback(
    async (result) => {
      const waiting = new Map((await read()).map((one) => [one.kind, one]));
      for (const kind of kinds) {
        result.observe(count, waiting.get(kind)?.count ?? 0, { [attribute]: kind });
        result.observe(oldest, waiting.get(kind)?.oldest ?? 0, { [attribute]: kind });
      }
    },
    [count, oldest],
  );
}
