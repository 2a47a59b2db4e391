import { FailureWindow } from './failure-window.ts';
import { never, type Policy } from './policy.ts';
import { refused, watchBreaker } from './signals.ts';

export type CircuitState = 'closed' | 'open' | 'half-open';

/** The dependency has failed too often lately, so it is left alone. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';

  constructor(
    name: string,
    readonly retryAfterMs: number,
  ) {
    super(`${name} is failing and is left alone for ${retryAfterMs} ms`);
  }
}

export interface CircuitBreakerOptions {
  /** Whose breaker it is, for errors and metrics. */
  name: string;
  /** The part of failures that opens the circuit. Default 0.5. */
  failureRate?: number;
  /** Calls a window needs before it can open the circuit. Default 20. */
  minimumCalls?: number;
  /** Default 10 000. */
  windowMs?: number;
  /** How long an open circuit lets nothing through, and how far apart probes are. Default 1 000. */
  openMs?: number;
  /** Which errors are the dependency's fault; the others count as neither. Default: all. */
  isFailure?: (error: unknown) => boolean;
  now?: () => number;
}

/**
 * Opens on a rate of failures; then lets one probe through each `openMs`, and closes with the first that succeeds. Everyone else is refused
 * at once. (cockatiel's breaker makes them wait for the probe, which may hang, and takes a cancelled probe for a success.)
 */
export function circuitBreaker(options: CircuitBreakerOptions): Policy & { state(): CircuitState } {
  const { name, openMs = 1_000, isFailure = () => true, now = () => performance.now() } = options;
  const { failureRate = 0.5, minimumCalls = 20, windowMs = 10_000 } = options;
  const window = new FailureWindow(windowMs, now);
  let nextProbeAt: number | undefined;

  const isOpen = () => nextProbeAt !== undefined;
  const trip = () => (nextProbeAt = now() + openMs);
  const close = () => {
    nextProbeAt = undefined;
    window.clear();
  };

  const succeeded = (probe: boolean) => {
    if (probe) close();
    else if (!isOpen()) window.add('success');
  };
  const failed = (probe: boolean) => {
    if (probe) trip();
    if (isOpen()) return;
    window.add('failure');
    if (window.total >= minimumCalls && window.failures >= failureRate * window.total) trip();
  };
  /** Takes the turn to probe, or refuses. */
  const admit = (): boolean => {
    if (nextProbeAt === undefined) return false;
    const waitMs = nextProbeAt - now();
    if (waitMs > 0) {
      refused(name, 'circuit-breaker');
      throw new CircuitOpenError(name, Math.ceil(waitMs));
    }
    trip();
    return true;
  };

  const policy: Policy = async (work, signal = never) => {
    const probe = admit();
    try {
      const result = await work(signal);
      succeeded(probe);
      return result;
    } catch (error) {
      if (isFailure(error)) failed(probe);
      throw error;
    }
  };
  const state = (): CircuitState =>
    nextProbeAt === undefined ? 'closed' : nextProbeAt > now() ? 'open' : 'half-open';
  watchBreaker(name, state);
  return Object.assign(policy, { state });
}
