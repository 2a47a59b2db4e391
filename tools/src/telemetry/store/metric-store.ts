import type { MetricPoint } from '../otlp/points.ts';

/** One metric of one process with one set of attributes, and its latest values. */
export type Series = Omit<MetricPoint, 'at' | 'value' | 'histogram'> & {
  points: Pick<MetricPoint, 'at' | 'value' | 'histogram'>[];
  /** Whether the first value is still there; what a counter counted before it was 0. */
  whole: boolean;
};

export interface MetricLimits {
  /** Beyond it, the series that has been silent longest goes. */
  series: number;
  /** Values kept of each, the latest ones. */
  points: number;
  /** What a series said is forgotten when it was not heard of for so long; what it counted meanwhile is not taken for sudden growth. */
  silenceMs: number;
}

/** The latest values of metrics, within a number of series and of values of each. */
export class MetricStore {
  readonly #series = new Map<string, Series>();
  readonly #limits: MetricLimits;
  /** Since a series went, one that seems new may have counted before. */
  #complete = true;

  constructor(limits: MetricLimits) {
    this.#limits = limits;
  }

  add({ at, value, histogram, ...about }: MetricPoint): void {
    const key = JSON.stringify([about.service, about.instance, about.name, about.attributes]);
    const series = this.#series.get(key) ?? { ...about, points: [], whole: this.#complete };
    // Entered anew, so that the map is in the order of the last word.
    this.#series.delete(key);
    this.#series.set(key, series);
    series.points.push({ at, value, ...(histogram && { histogram }) });
    if (series.points.length > this.#limits.points) {
      series.points.shift();
      series.whole = false;
    }
    const [silent] = this.#series.keys();
    if (this.#series.size > this.#limits.series && silent !== undefined) {
      this.#series.delete(silent);
      this.#complete = false;
    }
  }

  /** Every series of a metric. */
  of(name: string, now = Date.now()): Series[] {
    return this.all(now).filter((series) => series.name === name);
  }

  all(now = Date.now()): Series[] {
    for (const series of this.#series.values()) {
      const { points } = series;
      if (now - (points.at(-1)?.at ?? 0) > this.#limits.silenceMs)
        Object.assign(series, { points: [], whole: false });
    }
    return [...this.#series.values()].filter(({ points }) => points.length > 0);
  }
}
