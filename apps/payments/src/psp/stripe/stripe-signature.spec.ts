import { describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { isSignedByStripe } from './stripe-signature.ts';

const [current, old] = ['whsec_of_today', 'whsec_of_yesterday'];
const body = '{"id":"evt_1","data":{"object":{"amount":1999}}}';
const now = 1_800_000_000;
const signed = (secret = current, timestamp = now) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
const check = (header: string | string[] | undefined, secrets = [current], sent = body) =>
  isSignedByStripe(Stripe, secrets, header, Buffer.from(sent), now * 1_000);

describe('a signature of Stripe', () => {
  it('is good for five minutes, either way', () => {
    const offsets = [-301, -300, 0, 300, 301];
    expect(offsets.map((offset) => check(signed(current, now + offset)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('covers every byte', () => {
    expect(check(signed(), [current], body.replace('1999', '1998'))).toBe(false);
  });

  it('needs a secret that is live: two while it is rolled, one again afterwards', () => {
    expect(check(signed(old))).toBe(false);
    expect(check(signed(old), [current, old])).toBe(true);
    expect(check(signed(), [current, old])).toBe(true);
    expect(check(signed(), [])).toBe(false);
  });

  it('may stand among others: Stripe signs with each of its live secrets', () => {
    const [time, mac] = signed().split(',');
    const other = signed(old).split(',')[1];
    expect(check([time, other, mac, 'v0=00'].join(','))).toBe(true);
    expect(check([time, other, 'v0=00'].join(','))).toBe(false);
  });

  it.each([undefined, '', 't=', 'v1=00', `t=${now}`, `t=NaN,v1=00`, `t=${now},${signed()}`, [signed()]])(
    'is none when it reads %j',
    (header) => {
      expect(check(header)).toBe(false);
    },
  );
});
