import {
  AggregationTemporality,
  InstrumentType,
  MetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';

/**
 * All metrics as they are now. The one reader there is: the SDK keeps for each reader what it has not collected yet, without bound,
 * so a second one would fill the memory of a process that nobody scrapes.
 */
export class Scraped extends MetricReader {
  #underWay: Promise<ResourceMetrics> | undefined;

  constructor() {
    super({
      // A gauge is only what was observed this time. Cumulative, the SDK repeats the lag of a partition that has long been somebody else's.
      aggregationTemporalitySelector: (type) =>
        type === InstrumentType.OBSERVABLE_GAUGE
          ? AggregationTemporality.DELTA
          : AggregationTemporality.CUMULATIVE,
    });
  }

  /** Those who ask at the same time get the same answer: two collections at once would take observations from each other. */
  now(): Promise<ResourceMetrics> {
    // What a database or a broker should tell and does not is left out; the other figures are wanted then more than ever.
    return (this.#underWay ??= this.collect({ timeoutMillis: 2_000 })
      .then(({ resourceMetrics }) => resourceMetrics)
      .finally(() => (this.#underWay = undefined)));
  }

  protected onForceFlush = () => Promise.resolve();
  protected onShutdown = () => Promise.resolve();
}
