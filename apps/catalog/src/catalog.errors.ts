import { defineProblems } from '@shop/service-kit';

export const productProblems = defineProblems('product', {
  notFound: ['not-found', 'not-found', 'There is no such product'],
  skuTaken: ['conflict', 'sku-taken', 'Another product has this SKU'],
  skuRepeated: ['invalid', 'sku-repeated', 'A SKU appears twice'],
  stale: ['precondition-failed', 'stale', 'The product has changed since it was read'],
});

export const conditionProblems = defineProblems('request', {
  required: [
    'precondition-required',
    'precondition-required',
    'The request must say which version it changes',
  ],
});
