import { defineProblems } from '@shop/service-kit';

export const webhookProblems = defineProblems('webhook', {
  signatureInvalid: ['unauthenticated', 'signature-invalid', 'The signature of the webhook is not valid'],
});

export const paymentProblems = defineProblems('payment', {
  notFound: ['not-found', 'not-found', 'There is no payment for this order'],
});
