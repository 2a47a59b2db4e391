import { describe, expect, it } from '@jest/globals';
import { PlaceOrder } from './order.ts';

const productId = '01936f2a-0000-7000-8000-000000000003';
const valid = {
  lines: [{ productId, quantity: 1 }],
  paymentToken: 'tok_ok',
  shippingAddress: { name: 'Ada', street: '1 Way', city: 'Paris', postalCode: '75001', country: 'FR' },
};
const faultsOf = (change: object) =>
  PlaceOrder.safeParse({ ...valid, ...change }).error?.issues.map((issue) => issue.path.join('/')) ?? [];

describe('the body of a new order', () => {
  it('is accepted when it keeps the limits', () => {
    expect(PlaceOrder.parse(valid)).toEqual(valid);
  });

  it('names every fault at once', () => {
    expect(faultsOf({ lines: [{ productId: 'x', quantity: 0 }], paymentToken: '' })).toEqual([
      'lines/0/productId',
      'lines/0/quantity',
      'paymentToken',
    ]);
  });

  it.each([0, -1, 100, 1.5, '1', null])('refuses quantity %j', (quantity) => {
    expect(faultsOf({ lines: [{ productId, quantity }] })).toEqual(['lines/0/quantity']);
  });

  it.each([0, 51])('refuses %i lines', (count) => {
    expect(faultsOf({ lines: Array.from({ length: count }, () => ({ productId, quantity: 1 })) })).toEqual([
      'lines',
    ]);
  });

  it.each(['4111111111111111', 'tok_4111111111111111', 'a4222222222222'])(
    'refuses the card number in the token %s',
    (paymentToken) => {
      expect(faultsOf({ paymentToken })).toEqual(['paymentToken']);
    },
  );

  it('refuses unknown fields, such as a price of the client’s own', () => {
    expect(
      PlaceOrder.safeParse({ ...valid, lines: [{ productId, quantity: 1, unitPrice: 1 }] }).success,
    ).toBe(false);
  });

  it('refuses control characters in the address', () => {
    expect(faultsOf({ shippingAddress: { ...valid.shippingAddress, name: 'A\u0000' } })).toEqual([
      'shippingAddress/name',
    ]);
  });
});
