import { defineProblems } from '@shop/service-kit';

export const paymentProblems = defineProblems('payment', {
  notFound: ['not-found', 'not-found', 'There is no such payment'],
  nothingUnderKey: ['not-found', 'nothing-under-key', 'Nothing happened under this key'],
  keyCancelled: ['conflict', 'key-cancelled', 'The key was cancelled; nothing will ever happen under it'],
  authorisationExpired: ['conflict', 'authorisation-expired', 'The authorisation has expired'],
  notCapturable: ['conflict', 'not-capturable', 'The payment cannot be captured in its state'],
  notVoidable: ['conflict', 'not-voidable', 'The payment cannot be voided in its state'],
  notRefundable: ['conflict', 'not-refundable', 'The payment cannot be refunded in its state'],
});

export const keyProblems = defineProblems('idempotency', {
  reused: ['unprocessable', 'key-reused', 'The key was used for another request'],
});

export const sandboxProblems = defineProblems('sandbox', {
  failing: ['unavailable', 'failing', 'The sandbox fails on purpose'],
});
