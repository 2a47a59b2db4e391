import { expect, it } from '@jest/globals';
import { keyPointer } from './key-pointer.ts';

const message = (key: (payload: never) => string) => ({ type: 'shop.test.v1', key });

it('finds the field that is the key', () => {
  expect(keyPointer(message(({ orderId }: { orderId: string }) => orderId))).toBe('/orderId');
  expect(keyPointer(message(({ order }: { order: { id: string } }) => order.id))).toBe('/order/id');
});

it.each([
  ['computed', ({ id }: { id: string }) => `order ${id}`],
  ['constant', () => 'all'],
])('refuses a key that is %s, which no document could tell', (_, key) => {
  expect(() => keyPointer(message(key as never))).toThrow('the key of shop.test.v1 must be a field');
});
