import type { Quantiles } from '../measure/quantiles.ts';

/** One kind of request. Paths, bodies and headers are taken in turn. */
export interface Stream {
  name: string;
  url: string;
  /** Open loop, so many a second; or closed loop, so many at any time, each followed by the next. */
  pace: { rate: number } | { connections: number };
  method: 'GET' | 'POST';
  paths: string[];
  headers?: Record<string, string>[];
  bodies?: string[];
}

export interface Job {
  seconds: number;
  streams: Stream[];
}

/** What became of each request of a stream, in the order of sending. */
export interface Sent {
  name: string;
  /** Milliseconds since the epoch at which it was meant to be sent. */
  intended: Float64Array;
  /** Milliseconds from then to the end of the answer. */
  latency: Float64Array;
  /** 0 when there was none. */
  status: Uint16Array;
  /** The last part of the answer's `Location`; empty without. */
  ids: string[];
}

export interface LoadResult {
  /** Milliseconds since the epoch. */
  startedAt: number;
  endedAt: number;
  streams: Sent[];
  generator: {
    /** Milliseconds of its own CPU. */
    cpuMs: number;
    /** Milliseconds by which requests of open loops were sent late. */
    lag: Quantiles;
  };
}
