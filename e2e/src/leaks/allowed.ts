import type { Allowance } from './find-leaks.ts';

/** The whole list of places that may hold what identifies a person; anything else is a leak. docs/personal-data.md says how long. */
export const allowed: readonly Allowance[] = [
  { what: 'address', place: /^table orders\.shipping_addresses\./, why: 'the one place where it is kept' },
  { what: 'customer id', place: /^table orders\.orders\.customer_id$/, why: 'whose order it is' },
  { what: 'customer id', place: /^table orders\.idempotency_keys\.caller$/, why: 'a key is its caller’s' },
  { what: 'customer id', place: /^table orders\.audit_records\.subject$/, why: 'who was exported or erased' },
  {
    what: 'customer id',
    place: /^topic shop\.orders\.events\.v1(\.notifications\.(retry|dlt))? value$/,
    why: 'whom to write to',
  },
  { what: 'customer id', place: /^invoice /, why: 'whose invoice it is' },
  {
    what: 'payment token',
    place: /^table orders\.orders\.payment_token$/,
    why: 'until the order has ended',
  },
  { what: 'payment token', place: /^topic shop\.payments\.commands\.v1 value$/, why: 'what to charge' },
  {
    what: 'payment token',
    place: /^table payments\.payments\.token$/,
    why: 'until the payment is authorised',
  },
  ...['address', 'customer id', 'card number'].map((what) => ({
    what,
    place:
      /^topic shop\.orders\.events\.v1(\.(notifications|order-invoice)\.dlt)? value of a broken message$/,
    why: 'what cannot be handled is kept as it came, until somebody repairs or purges it',
  })),
];
