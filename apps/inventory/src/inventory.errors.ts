import { defineProblems } from '@shop/service-kit';

export const stockProblems = defineProblems('stock', {
  belowReserved: ['conflict', 'below-reserved', 'Stock would fall below what is reserved'],
  aboveLimit: ['conflict', 'above-limit', 'Stock would exceed what can be counted'],
});
