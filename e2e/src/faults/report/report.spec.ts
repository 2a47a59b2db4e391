import { describe, expect, it } from '@jest/globals';
import { markdown, table } from './markdown.ts';
import { kindRows } from './tables.ts';

const inflicted = [
  { kind: 'kill -9 orders', detail: '', recoveredMs: 3_000 },
  { kind: 'kill -9 orders', detail: '', recoveredMs: 1_000 },
  { kind: 'kill -9 orders', detail: '', recoveredMs: 2_000 },
  { kind: 'broker restart', detail: '', recoveredMs: undefined, failure: 'never' },
];

describe('the report', () => {
  it('tells how often a kind of fault was survived, and how fast', () => {
    expect(kindRows(inflicted)).toEqual([
      { kind: 'kill -9 orders', injected: 3, survived: 3, p50: 2_000, max: 3_000 },
      { kind: 'broker restart', injected: 1, survived: 0, p50: Number.NaN, max: Number.NaN },
    ]);
  });

  it('lines up the columns of a table', () => {
    expect(table(['A', 'B'], [['long', 'x']])).toBe('| A    | B   |\n| ---- | --- |\n| long | x   |');
  });

  it('says whether anything is wrong, and the command that does it again', () => {
    const verdict = { promise: 'nothing is lost', checked: 2_000, broken: 0, violations: [] };
    const result = {
      inflicted,
      outcomes: { CONFIRMED: 2 },
      accepted: 2,
      repeats: 1,
      seconds: 9,
      history: '',
    };
    const good = markdown({ ...result, verdicts: [verdict] }, 'npm run faults -- --seed 1');
    expect(good).toContain('**No violation.**');
    expect(good).toContain('npm run faults -- --seed 1');
    expect(good).toContain('| nothing is lost | 2,000   | 0          |');
    const bad = markdown({ ...result, verdicts: [{ ...verdict, broken: 3 }] }, '');
    expect(bad).toContain('**3 violations.**');
  });
});
