import type { CollectedSpan } from '../otlp/spans.ts';

interface Trace {
  spans: Map<string, CollectedSpan>;
  weight: number;
}

/** The latest traces, within a number of bytes (as JSON): beyond it the trace that began first is forgotten. */
export class SpanStore {
  readonly #traces = new Map<string, Trace>();
  readonly #capacity: number;
  #weight = 0;
  #forgetful = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Exporters repeat a batch whose answer they did not hear, so a span that is there already takes its own place. */
  add(span: CollectedSpan): void {
    const trace = this.#traces.get(span.traceId) ?? { spans: new Map<string, CollectedSpan>(), weight: 0 };
    this.#traces.set(span.traceId, trace);
    const before = trace.spans.get(span.spanId);
    const weight = weightOf(span) - (before ? weightOf(before) : 0);
    trace.spans.set(span.spanId, span);
    trace.weight += weight;
    this.#weight += weight;
    for (const [oldest, { weight: freed }] of this.#traces) {
      if (this.#weight <= this.#capacity) break;
      this.#traces.delete(oldest);
      this.#weight -= freed;
      this.#forgetful = true;
    }
  }

  /** The spans of one trace by their start time. */
  trace(traceId: string): CollectedSpan[] {
    return [...(this.#traces.get(traceId)?.spans.values() ?? [])].sort((a, b) => a.startMs - b.startMs);
  }

  /** Every trace, the one that came first in front. */
  traces(): ReadonlyMap<string, CollectedSpan>[] {
    return [...this.#traces.values()].map(({ spans }) => spans);
  }

  /** Whether it has had to forget something. */
  get forgetful(): boolean {
    return this.#forgetful;
  }

  /** How full it is, from 0 to 1. */
  get fill(): number {
    return this.#weight / this.#capacity;
  }
}

const weightOf = (span: CollectedSpan): number => JSON.stringify(span).length;
