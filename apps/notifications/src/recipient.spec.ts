import { describe, expect, it } from '@jest/globals';
import { recipientByTemplate } from './recipient.ts';

const to = recipientByTemplate('{customer}@customers.shop.test');

describe('the address of a customer', () => {
  it.each([
    ['alice', 'alice@customers.shop.test'],
    ['alice.b+c_d-1', 'alice.b+c_d-1@customers.shop.test'],
    ['auth0|1', 'auth0=7c1@customers.shop.test'],
    ['a@evil.test', 'a=40evil.test@customers.shop.test'],
    ['a\r\nBcc: b', 'a=0d=0aBcc=3a=20b@customers.shop.test'],
    ['.a..b.', '=2ea=2e.b=2e@customers.shop.test'],
    ['zoë', 'zo=c3=ab@customers.shop.test'],
    ['$&', '=24=26@customers.shop.test'],
  ])('makes %j a valid address', (customerId, address) => {
    expect(to(customerId)).toBe(address);
  });

  it('keeps two customers apart', () => {
    const ids = ['a b', 'a_b', 'a=20b', 'a=b', 'a.b', 'ab'];
    expect(new Set(ids.map(to)).size).toBe(ids.length);
  });

  it('stays within the 64 octets of a local part', () => {
    const [one, other] = [to('x'.repeat(200)), to('x'.repeat(201))];
    expect(one.indexOf('@')).toBe(64);
    expect(one).not.toBe(other);
  });
});
