import { describe, expect, it } from '@jest/globals';
import { add, summary, tally } from './tally.ts';

const report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('tally', () => {
  it('counts what passed', () => {
    expect(tally(report, 0)).toEqual({ passed: 5, failed: 0, skipped: 0 });
  });

  it('counts a suite that crashed as failed', () => {
    expect(tally({ ...report, numRuntimeErrorTestSuites: 1 }, 1)).toMatchObject({ passed: 5, failed: 1 });
  });

  it('counts a run without a report as failed, even when it says that it went well', () => {
    expect(tally(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a run that passed and then ended badly as failed', () => {
    expect(tally(report, 1)).toMatchObject({ passed: 5, failed: 1 });
    expect(tally(report, null)).toMatchObject({ passed: 5, failed: 1 });
  });

  it('sums runs into one line, which mentions skipped tests only when there are some', () => {
    const run = tally({ ...report, numFailedTests: 1 }, 1);
    expect(summary(add(run, run))).toBe('10 passed, 2 failed');
    expect(summary(add(run, tally({ ...report, numTodoTests: 1 }, 0)))).toBe(
      '10 passed, 1 failed, 1 skipped',
    );
  });
});
