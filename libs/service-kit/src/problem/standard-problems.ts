import { defineProblems } from './define-problems.ts';

/** What can be wrong with a request whatever it asks for. */
export const requestProblems = defineProblems('request', {
  malformed: ['invalid', 'malformed', 'The request cannot be read'],
  invalid: ['invalid', 'invalid', 'The request is not valid'],
  cursorInvalid: ['invalid', 'cursor-invalid', 'The cursor is not valid'],
  notFound: ['not-found', 'not-found', 'There is nothing here'],
  methodNotAllowed: ['method-not-allowed', 'method-not-allowed', 'The method is not allowed here'],
  timedOut: ['timed-out', 'timed-out', 'The request took too long to arrive'],
  tooLarge: ['too-large', 'too-large', 'The body is too large'],
  uriTooLong: ['uri-too-long', 'uri-too-long', 'The address is too long'],
  unsupported: ['unsupported', 'unsupported-media-type', 'The media type is not supported'],
  expectationFailed: ['expectation-failed', 'expectation-failed', 'The expectation cannot be met'],
  headersTooLarge: ['headers-too-large', 'headers-too-large', 'The headers are too large'],
  deadlineExceeded: ['gateway-timeout', 'deadline-exceeded', 'The deadline of the request has passed'],
});

export const idempotencyProblems = defineProblems('idempotency', {
  keyMissing: ['invalid', 'key-missing', 'An Idempotency-Key is required'],
  keyInvalid: ['invalid', 'key-invalid', 'The Idempotency-Key is not valid'],
});

export const authProblems = defineProblems('auth', {
  tokenMissing: ['unauthenticated', 'token-missing', 'An access token is required'],
  tokenInvalid: ['unauthenticated', 'token-invalid', 'The access token is not valid'],
  tokenExpired: ['unauthenticated', 'token-expired', 'The access token has expired'],
  scopeMissing: ['forbidden', 'scope-missing', 'The access token does not allow this'],
  keysUnavailable: ['unavailable', 'keys-unavailable', 'The access token cannot be checked now'],
});

export const serviceProblems = defineProblems('service', {
  overloaded: ['unavailable', 'overloaded', 'The service is overloaded'],
  unavailable: ['unavailable', 'unavailable', 'The service is unavailable'],
});

export const internalProblems = defineProblems('internal', {
  unexpected: ['internal', 'unexpected', 'Something went wrong'],
});
