import { defineProblems } from '@shop/service-kit';

export const problems = defineProblems('order', {
  notFound: ['not-found', 'not-found', 'There is no such order'],
  unknownProduct: ['unprocessable', 'unknown-product', 'A product is not known'],
  mixedCurrencies: ['unprocessable', 'mixed-currencies', 'All products of an order must have one currency'],
  totalTooLarge: ['unprocessable', 'total-too-large', 'The total is beyond what can be charged'],
  notCancellable: ['conflict', 'not-cancellable', 'The order can no longer be cancelled'],
  notRefundable: ['conflict', 'not-refundable', 'Only a confirmed order can be refunded'],
  tooManyStreams: ['unavailable', 'too-many-streams', 'Too many timelines are being watched'],
});
