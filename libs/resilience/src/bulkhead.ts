import { never, type Policy } from './policy.ts';
import { refused, watchBulkhead } from './signals.ts';

/** All places and the queue of a dependency are taken. */
export class BulkheadFullError extends Error {
  override readonly name = 'BulkheadFullError';
}

export interface BulkheadOptions {
  /** Whose bulkhead it is, for errors and metrics. */
  name: string;
  concurrency: number;
  /** How many may wait for a place; the next is refused with a {@link BulkheadFullError}. */
  queue: number;
}

interface Waiting {
  enter: () => void;
}

/**
 * Bounds what one dependency can hold of this process. First come, first served; who stops waiting leaves the queue at once
 * (cockatiel's bulkhead keeps cancelled work queued, where it takes the place of live work).
 */
export function bulkhead({ name, concurrency, queue }: BulkheadOptions): Policy {
  const waiting = new Set<Waiting>();
  let active = 0;
  watchBulkhead(
    name,
    concurrency,
    () => active,
    () => waiting.size,
  );

  const wait = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.delete(entry);
        reject(signal.reason as Error);
      };
      const entry = {
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      waiting.add(entry);
      signal.addEventListener('abort', leave, { once: true });
    });

  const release = () => {
    const [next] = waiting;
    if (!next) {
      active--;
      return;
    }
    // The place is handed over, not given back, so that nobody slips in between.
    waiting.delete(next);
    next.enter();
  };

  return async (work, signal = never) => {
    signal.throwIfAborted();
    if (active < concurrency) active++;
    else if (waiting.size < queue) await wait(signal);
    else {
      refused(name, 'bulkhead');
      throw new BulkheadFullError(`too many calls to ${name} are under way`);
    }
    try {
      return await work(signal);
    } finally {
      release();
    }
  };
}
