import { describe, expect, it } from '@jest/globals';
import { describe as describeError } from './describe-error.ts';

describe('the description of an error', () => {
  it.each([
    ['Bearer eyJhbGciOi.J9.x refused', 'Error: Bearer [redacted] refused'],
    ['no answer for tok_lost_answer', 'Error: no answer for tok_[redacted]'],
    [
      'cannot reach postgres://shop:hunter2@db:5432/orders',
      'Error: cannot reach postgres://[redacted]@db:5432/orders',
    ],
    ['card 4111 1111 1111 1111 declined', 'Error: card [redacted] declined'],
    ['{"password":"hunter2","user":"shop"}', 'Error: {"password":"[redacted]","user":"shop"}'],
    ['550 <ada@lovelace.test>: no such user', 'Error: 550 <[redacted]>: no such user'],
    ['api_key=abc123&x=1', 'Error: api_key=[redacted]&x=1'],
    ['two\n  lines', 'Error: two lines'],
  ])('of %j is %j', (message, expected) => {
    expect(describeError(new Error(message))).toBe(expected);
  });

  it('keeps ids readable', () => {
    const id = '01936f2a-0000-7000-8000-000000000001';
    expect(describeError(new TypeError(`order ${id} is gone`))).toBe(`TypeError: order ${id} is gone`);
  });

  it('is bounded', () => {
    expect(describeError('x'.repeat(10_000))).toHaveLength(500);
  });
});
