/** One kind of request at its own constant rate. Paths, bodies and headers are taken in turn. */
export interface Stream {
  name: string;
  url: string;
  /** A second. */
  rate: number;
  method: 'GET' | 'POST';
  paths: string[];
  headers: Record<string, string>[];
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
    /** Milliseconds by which requests were sent late: p50, p99, max. */
    lag: { p50: number; p99: number; max: number };
  };
}
