/** Something to do that stops when its signal aborts. */
export type Work<T> = (signal: AbortSignal) => Promise<T>;

/** A way of doing work: bounded, repeated, refused. Aborting `signal` ends the work early. */
export type Policy = <T>(work: Work<T>, signal?: AbortSignal) => Promise<T>;

/** One policy out of several, the outermost first: `compose(retry(…), timeout(100))` gives each attempt 100 ms. */
export function compose(...policies: Policy[]): Policy {
  return policies.reduceRight<Policy>(
    (inner, outer) => (work, signal) => outer((outerSignal) => inner(work, outerSignal), signal),
    (work, signal = never) => work(signal),
  );
}

/** The signal of work that nobody can abort. */
export const never: AbortSignal = new AbortController().signal;
