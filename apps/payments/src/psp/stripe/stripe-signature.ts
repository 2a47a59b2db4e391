import type Stripe from 'stripe';
import { isNow, toleranceSeconds } from '../../webhooks/signature.ts';

/** Checks a `Stripe-Signature` with one of the secrets. The library refuses what is too old, but not what is from the future. */
export function isSignedByStripe(
  stripe: Pick<Stripe, 'webhooks'>,
  secrets: readonly string[],
  header: string | string[] | undefined,
  body: Buffer,
  nowMs = Date.now(),
): boolean {
  if (typeof header !== 'string') return false;
  const times = header.split(',').filter((part) => part.startsWith('t='));
  if (times.length !== 1 || !isNow(times[0]!.slice(2), nowMs)) return false;
  return secrets.some((secret) => {
    try {
      stripe.webhooks.constructEvent(body, header, secret, toleranceSeconds, undefined, nowMs);
      return true;
    } catch {
      return false;
    }
  });
}
