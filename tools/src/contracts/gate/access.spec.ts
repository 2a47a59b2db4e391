import { expect, it } from '@jest/globals';
import { isNarrower } from './access.ts';

const [anyone, orders, owner, admin] = [
  { who: 'anyone' },
  { scope: 'orders' },
  { scope: 'orders', owner: true },
  { scope: 'admin' },
];
const [secret, token] = [{ secret: 'PSP_API_KEY' }, { token: true }];

it.each([
  [anyone, orders],
  [anyone, secret],
  [orders, admin],
  [orders, owner],
  [orders, secret],
])('%j lets in whom %j keeps out', (before, after) => {
  expect(isNarrower(before, after)).toBe(true);
});

it.each([
  [orders, anyone],
  [admin, orders],
  [owner, orders],
  [secret, secret],
  [owner, owner],
  // The document did not tell more than that it needs a token.
  [token, admin],
])('%j lets in nobody whom %j keeps out', (before, after) => {
  expect(isNarrower(before, after)).toBe(false);
});
