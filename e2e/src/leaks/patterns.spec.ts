import { describe, expect, it } from '@jest/globals';
import { findLeaks } from './find-leaks.ts';
import { forms, texts } from './patterns.ts';

const found = (text: string) => forms.flatMap((form) => form.in(text).map((value) => [form.what, value]));

describe('looking for secrets', () => {
  it.each([
    ['card number', '4111111111111111', '{"token":"4111111111111111"}'],
    ['card number', '5500 0000 0000 0004', 'paid with 5500 0000 0000 0004.'],
    ['card number', '4111-1111-1111-1111', 'card=4111-1111-1111-1111'],
    ['card number', '4111111111111111', 'tok_4111111111111111'],
    ['e-mail address', 'ada@lovelace.test', 'to: <ada@lovelace.test>'],
    ['e-mail address', 'ada%40lovelace.test', '/v1/customers/ada%40lovelace.test/orders'],
    [
      'token',
      'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln',
      'x eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln',
    ],
    ['token', 'Bearer 0123456789abcdef', '"authorization":"Bearer 0123456789abcdef"'],
    ['private key', '-----BEGIN EC PRIVATE KEY-----', '-----BEGIN EC PRIVATE KEY-----\nMHc'],
  ])('finds the %s %s', (what, value, text) => {
    expect(found(text)).toContainEqual([what, value]);
  });

  it.each([
    ['another number', '4111111111111112'],
    ['a time in nanoseconds', '1764117600000000000'],
    ['the digits of an id', '01936f2a-4111-7111-8111-411111111111'],
    ['a trace id', '41111111111111114111111111111111'],
    ['a fraction', '0.4111111111111111'],
    ['a package', '@shop/messaging'],
    ['a refusal', 'Bearer realm="shop"'],
  ])('lets %s be', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('tells where it found what, without repeating it', () => {
    const secrets = [...forms, texts('address', ['1 Way'])];
    const reading = { place: 'log orders.log:7', text: 'ada@lovelace.test lives at 1 Way' };
    const allowed = [{ place: /^table orders/, what: 'address', why: 'it is kept there' }];
    expect(findLeaks([reading], secrets, allowed)).toEqual([
      'log orders.log:7: e-mail address in ‹e-mail address› lives at ‹address›',
      'log orders.log:7: address in ‹e-mail address› lives at ‹address›',
    ]);
    expect(findLeaks([{ ...reading, place: 'table orders.a', text: '1 Way' }], secrets, allowed)).toEqual([]);
  });
});
