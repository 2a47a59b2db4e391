import { createHmac, timingSafeEqual } from 'node:crypto';

export const signatureHeader = 'psp-signature';

/** Older or later than this and a captured webhook may be a replay. */
const toleranceSeconds = 300;

/** Checks `t=<seconds>,v1=<hex>[,v1=…]`: HMAC-SHA256 over `<seconds>.<raw body>`. Several v1 allow for a change of the secret. */
export function isSigned(
  secret: string,
  header: string | undefined,
  body: Buffer,
  nowMs = Date.now(),
): boolean {
  const parts = (header ?? '').split(',').map((part) => part.trim().split('='));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time) || Math.abs(nowMs / 1_000 - Number(time)) > toleranceSeconds) return false;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  return parts.some(([name, mac = '']) => name === 'v1' && equal(Buffer.from(mac, 'hex'), expected));
}

const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
