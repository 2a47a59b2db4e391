import { defineProblems } from '@shop/service-kit';

export const upstreamProblems = defineProblems('service', {
  unavailable: ['unavailable', 'unavailable', 'A service of the shop is not available'],
  timeout: ['gateway-timeout', 'timeout', 'A service of the shop did not answer in time'],
});

export const productProblems = defineProblems('product', {
  notFound: ['not-found', 'not-found', 'There is no such product'],
});

export const limitProblems = defineProblems('request', {
  limited: ['limited', 'rate-limited', 'Too many requests'],
});
