import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { classify, PermanentError, TransientError } from './errors.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const loop = new Error('its own cause');
loop.cause = loop;

describe('an error of a handler', () => {
  it.each([
    ['permanent', new PermanentError('never')],
    ['permanent', z.string().safeParse(1).error],
    ['transient', new TransientError('busy')],
    ['infrastructure', refused],
    ['infrastructure', new Error('could not save', { cause: refused })],
    ['permanent', new PermanentError('gave up', { cause: refused })],
    ['transient', new Error('who knows')],
    ['transient', loop],
    // Node's own errors are no instances of Error in another realm, such as Jest's.
    ['infrastructure', { name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' }],
    ['transient', 'not even an error'],
  ])('is %s: %s', (kind, error) => {
    expect(classify(error)).toBe(kind);
  });
});
