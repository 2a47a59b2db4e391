import { createHmac, timingSafeEqual } from 'node:crypto';

export const signatureHeader = 'psp-signature';

/** Older or later than this and a captured webhook may be a replay. */
export const toleranceSeconds = 300;

/**
 * Checks `t=<seconds>,v1=<hex>[,v1=…]`: HMAC-SHA256 over `<seconds>.<raw body>` with one of the secrets. Several secrets here and several v1
 * there allow for a change of the secret, whoever begins.
 */
export function isSigned(
  secrets: readonly string[],
  header: string | string[] | undefined,
  body: Buffer,
  nowMs = Date.now(),
): boolean {
  if (typeof header !== 'string') return false;
  const parts = header.split(',').map((part) => part.trim().split('='));
  const [time = '', ...more] = valuesOf('t', parts);
  if (more.length > 0 || !isNow(time, nowMs)) return false;
  const sent = valuesOf('v1', parts).map((mac) => Buffer.from(mac, 'hex'));
  return secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
    return sent.some((mac) => mac.length === expected.length && timingSafeEqual(mac, expected));
  });
}

/** Within the tolerance, either way: a clock of ours or theirs may be wrong, a signature for later is not. */
export const isNow = (epochSeconds: string, nowMs: number): boolean =>
  /^\d{1,12}$/.test(epochSeconds) && Math.abs(nowMs / 1_000 - Number(epochSeconds)) <= toleranceSeconds;

const valuesOf = (wanted: string, parts: string[][]): string[] =>
  parts.filter(([name]) => name === wanted).map(([, value = '']) => value);
