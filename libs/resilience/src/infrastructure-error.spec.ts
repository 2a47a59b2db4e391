import { describe, expect, it } from '@jest/globals';
import { isInfrastructureError } from './infrastructure-error.ts';

const failure = (fields: object) => Object.assign(new Error('failed'), fields);

describe('an infrastructure error', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', '57P01', '57P03', '08006', '53300', '25006'])(
    'is %s',
    (code) => {
      expect(isInfrastructureError(failure({ code }))).toBe(true);
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
    'timeout expired',
    'Query read timeout',
    'Database connection provided by a query runner was already released, cannot continue to use its querying methods anymore.',
  ])('is "%s", which has no code', (message) => {
    expect(isInfrastructureError(new Error(message))).toBe(true);
  });

  it('is found beneath the errors that wrap it', () => {
    const refused = failure({ code: 'ECONNREFUSED' });
    expect(isInfrastructureError(new Error('no', { cause: new Error('no', { cause: refused }) }))).toBe(true);
    expect(isInfrastructureError(failure({ driverError: refused }))).toBe(true);
  });

  it.each(['23505', '40P01', '57014', '22P02', 'ERR_INVALID_ARG_TYPE'])('is not %s', (code) => {
    expect(isInfrastructureError(failure({ code }))).toBe(false);
  });

  it.each([undefined, null, 'ECONNREFUSED', new Error('out of stock')])('is not %s', (error) => {
    expect(isInfrastructureError(error)).toBe(false);
  });

  it('is looked for in vain in an error that is its own cause', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(isInfrastructureError(loop)).toBe(false);
  });
});
