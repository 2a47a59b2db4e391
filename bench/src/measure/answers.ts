import type { Sent } from '../load/job.ts';
import { type Quantiles, quantiles } from './quantiles.ts';

/** How a stream of requests was answered. */
export interface Answers {
  ok: number;
  shed: number;
  failed: number;
  okPerSecond: number;
  /** Milliseconds, of those that were answered well. */
  latency: Quantiles;
}

/** Not now: too many requests, or no room. */
export const refused = (status: number): boolean => status === 429 || status === 503;

export function answersOf({ status, latency }: Sent, seconds: number): Answers {
  const good = latency.filter((_, index) => status[index]! >= 200 && status[index]! < 300);
  const shed = status.filter(refused).length;
  return {
    ok: good.length,
    shed,
    failed: status.length - good.length - shed,
    okPerSecond: good.length / seconds,
    latency: quantiles(good),
  };
}
