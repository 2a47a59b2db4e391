import { describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import type { Answer } from './moves.ts';
import { replyOf } from './replies.ts';

const payment = {
  id: newId(),
  orderId: newId(),
  provider: 'sandbox',
  state: 'VOIDED' as const,
  amount: { amount: 1999, currency: 'EUR' },
  token: 'tok_ok',
  pspId: null,
  refusal: { code: 'payment/authorisation-expired', message: 'Expired' },
};

describe('a reply', () => {
  it.each<[Answer, string]>([
    ['authorised', 'shop.payments.payment-authorised.v1'],
    ['declined', 'shop.payments.payment-declined.v1'],
    ['captured', 'shop.payments.payment-captured.v1'],
    ['capture-failed', 'shop.payments.payment-capture-failed.v1'],
    ['voided', 'shop.payments.payment-voided.v1'],
    ['refunded', 'shop.payments.payment-refunded.v1'],
  ])('that says %s is a valid %s', (answer, type) => {
    const { definition, payload } = replyOf(answer, payment);
    expect(definition.type).toBe(type);
    expect(definition.schema.parse(payload)).toEqual(payload);
  });

  it('gives the provider’s reason for a refusal, or a reason of its own', () => {
    expect(replyOf('capture-failed', payment).payload).toMatchObject({
      code: 'payment/authorisation-expired',
    });
    expect(replyOf('capture-failed', { ...payment, refusal: null }).payload).toMatchObject({
      code: 'payment/voided',
    });
  });

  it('never repeats the token', () => {
    for (const answer of ['authorised', 'declined', 'voided'] as const) {
      expect(JSON.stringify(replyOf(answer, payment).payload)).not.toContain('tok_ok');
    }
  });
});
