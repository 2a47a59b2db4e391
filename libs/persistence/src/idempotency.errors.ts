import { defineProblems } from '@shop/service-kit';

export const problems = defineProblems('idempotency', {
  inFlight: ['conflict', 'in-flight', 'The first request with this Idempotency-Key is still running'],
  keyReused: ['unprocessable', 'key-reused', 'This Idempotency-Key was used for another request'],
});
