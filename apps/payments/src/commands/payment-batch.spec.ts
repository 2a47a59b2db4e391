import { describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import type { Payment } from '../model/payment.ts';
import { PaymentBatch } from './payment-batch.ts';

const carrier = { traceparent: 'of the command' };
const amount = { amount: 1999, currency: 'EUR' };
const known = (state: Payment['state']): Payment => ({
  id: newId(),
  orderId: newId(),
  provider: 'sandbox',
  state,
  amount,
  token: 't',
  pspId: 'psp',
  refusal: null,
});

describe('a batch of commands', () => {
  it('makes a payment and the call that it needs', () => {
    const batch = new PaymentBatch([], 'stripe');
    const { say } = batch.carryOut('authorise', { orderId: 'o', amount, token: 'tok_ok' }, carrier);
    expect(say).toBeUndefined();
    expect(batch.changes()).toMatchObject([
      {
        known: false,
        step: 'authorise',
        carrier,
        payment: { orderId: 'o', provider: 'stripe', state: 'AUTHORISING', amount, token: 'tok_ok' },
      },
    ]);
  });

  it('sees what earlier commands of the batch did, and leaves one call: the last', () => {
    const batch = new PaymentBatch([], 'stripe');
    batch.carryOut('authorise', { orderId: 'o', amount, token: 'tok_ok' }, carrier);
    batch.carryOut('cancel', { orderId: 'o' }, carrier);
    expect(batch.changes()).toMatchObject([
      { known: false, step: 'void', payment: { state: 'CANCELLING', token: 'tok_ok' } },
    ]);
  });

  it('leaves a tombstone for a payment that is yet to come, which then refuses it', () => {
    const batch = new PaymentBatch([], 'stripe');
    expect(batch.carryOut('cancel', { orderId: 'o' }, carrier).say).toBe('voided');
    expect(batch.carryOut('authorise', { orderId: 'o', amount, token: 'tok_ok' }, carrier).say).toBe(
      'voided',
    );
    expect(batch.changes()).toMatchObject([{ step: null, payment: { state: 'VOIDED', amount: null } }]);
  });

  it('changes nothing for a command whose work is done', () => {
    const captured = known('CAPTURED');
    const batch = new PaymentBatch([captured], 'stripe');
    expect(batch.carryOut('capture', { orderId: captured.orderId }, carrier)).toEqual({
      payment: captured,
      say: 'captured',
    });
    expect(batch.changes()).toEqual([]);
  });

  it('moves a payment that is there already', () => {
    const authorised = known('AUTHORISED');
    const batch = new PaymentBatch([authorised], 'stripe');
    batch.carryOut('capture', { orderId: authorised.orderId }, carrier);
    expect(batch.changes()).toEqual([
      { payment: { ...authorised, state: 'CAPTURING' }, known: true, step: 'capture', carrier },
    ]);
  });
});
