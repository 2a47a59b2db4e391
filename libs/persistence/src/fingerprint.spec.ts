import { describe, expect, it } from '@jest/globals';
import { fingerprintOf } from './fingerprint.ts';

const of = (body: unknown, operation = 'place') => fingerprintOf(operation, body).toString('hex');

describe('a fingerprint', () => {
  it('does not depend on the order of fields', () => {
    expect(of({ a: 1, b: { c: 2, d: 3 } })).toBe(of({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it.each([
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { b: 1 }],
    [{}, []],
    [{ a: {} }, { a: [] }],
    [{ a: 1 }, [['a', 1]]],
    [null, {}],
  ])('tells %j from %j', (one, other) => {
    expect(of(one)).not.toBe(of(other));
  });

  it('tells operations apart', () => {
    expect(of({}, 'place')).not.toBe(of({}, 'cancel'));
  });
});
