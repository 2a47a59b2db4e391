const slots = 10;
const slotMs = 1_000;

/** How many repeats the recent traffic allows, so that retries cannot multiply an outage. */
export interface RetryBudget {
  /** Counts a first attempt. */
  request(): void;
  /** Repeats that may be made now. */
  left(): number;
  /** Takes one repeat out of the budget, or answers false when none is left. */
  tryRetry(): boolean;
}

/** In any ten seconds at most `ratio` (0.2) of the requests, plus `floorPerSecond` (2) for each of the seconds, are repeated. */
export function retryBudget({
  ratio = 0.2,
  floorPerSecond = 2,
  now = () => performance.now(),
}: { ratio?: number; floorPerSecond?: number; now?: () => number } = {}): RetryBudget {
  const seen = Array.from({ length: slots }, () => ({ second: -1, requests: 0, retries: 0 }));
  const slot = () => {
    const second = Math.floor(now() / slotMs);
    const current = seen[second % slots]!;
    if (current.second !== second) Object.assign(current, { second, requests: 0, retries: 0 });
    return current;
  };
  const recent = (count: 'requests' | 'retries') => {
    const oldest = slot().second - slots;
    return seen.reduce((total, each) => (each.second > oldest ? total + each[count] : total), 0);
  };
  const left = () =>
    Math.max(0, Math.floor(ratio * recent('requests') + floorPerSecond * slots - recent('retries')));
  return {
    request: () => void slot().requests++,
    left,
    tryRetry() {
      if (left() < 1) return false;
      slot().retries++;
      return true;
    },
  };
}
