import { describe, expect, it } from '@jest/globals';
import { sqlState } from './sql-state.ts';

const failure = (fields: object) => Object.assign(new Error('failed'), fields);

describe('the SQLSTATE', () => {
  it('is read from the driver error', () => {
    expect(sqlState(failure({ driverError: failure({ code: '40P01' }) }))).toBe('40P01');
  });

  it('is none for errors of Node', () => {
    expect(sqlState(failure({ code: 'ECONNREFUSED' }))).toBeUndefined();
  });
});
