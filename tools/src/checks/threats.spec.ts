import { describe, expect, it } from '@jest/globals';
import { untestedThreats } from './threats.ts';

const page = (tests: string) =>
  `| Threat | Mitigation | Test |\n| --- | --- | --- |\n| Theft | Locks | ${tests} |`;
const faults = (tests: string) =>
  untestedThreats(page(tests), (path) =>
    path === 'libs/lock.spec.ts'
      ? `it.each(['a'])('the %s door is\n "shut" at night', () => {});`
      : undefined,
  );

describe('a threat', () => {
  it.each([
    '[lock](../libs/lock.spec.ts)',
    '[lock](../libs/lock.spec.ts): "the … door is shut at night"',
    '[lock](../libs/lock.spec.ts), "door is", "at night"',
  ])('has its test: %s', (tests) => {
    expect(faults(tests)).toEqual([]);
  });

  it('has none when none is named', () => {
    expect(faults('we were careful')).toEqual(['docs/threats.md:3: no test of "Theft" is named']);
  });

  it('has none when the test says something else, or is gone', () => {
    expect(faults('[lock](../libs/lock.spec.ts): "the window is shut"')).toEqual([
      'docs/threats.md:3: "the window is shut" is in none of libs/lock.spec.ts',
    ]);
    expect(faults('[key](../libs/key.spec.ts): "is turned"')).toHaveLength(1);
  });
});
