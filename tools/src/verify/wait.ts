import { eventually, type EventuallyOptions } from '@shop/testing';

/** Repeats `probe` until it does not throw, and answers what it returned; throws at once when the run is stopped. */
export async function seen<T>(
  signal: AbortSignal,
  probe: () => Promise<T>,
  options: EventuallyOptions,
): Promise<T> {
  const answer = await eventually(async () => (signal.aborted ? undefined : { is: await probe() }), options);
  signal.throwIfAborted();
  return answer!.is;
}
