import { describe, expect, it } from '@jest/globals';
import { type Answer, type Verdict, verdictOf } from './ask.ts';

describe('what became of a call', () => {
  it.each<[Answer, Verdict]>([
    [{ status: 401, trace: true, text: '{"status":401' }, 'answered'],
    [{ status: 403, trace: true, text: '{"status":403' }, 'answered'],
    [{ bytes: 1 }, 'answered'],
    [{ status: 403, trace: false, text: 'RBAC: access denied' }, 'refused'],
    [{ error: 'ECONNRESET' }, 'cut'],
    [{ error: 'closed' }, 'cut'],
    // None of these says what a policy holds of the caller.
    [{ status: 503, trace: false, text: 'no healthy upstream' }, 'undecided'],
    [{ status: 404, trace: false, text: '' }, 'undecided'],
    [{ error: 'ENOTFOUND' }, 'undecided'],
    [{ error: 'silence' }, 'undecided'],
    [{}, 'undecided'],
  ])('%j is: %s', (answer, verdict) => {
    expect(verdictOf(answer)).toBe(verdict);
  });
});
