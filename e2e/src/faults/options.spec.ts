import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../support/options.ts';
import { parseOptions } from './options.ts';

describe('the options of a run', () => {
  it('have defaults, and a rate at which the orders last as long as the faults', () => {
    expect(parseOptions(['--seed', '1'])).toMatchObject({
      orders: 2_000,
      faults: 40,
      seed: 1,
      rate: 15,
      keep: false,
    });
    expect(parseOptions(['--orders', '100000', '--faults', '10'])).toMatchObject({ rate: 250 });
    expect(parseOptions(['--help'])).toBe('help');
  });

  it.each([
    ['--orders', '0'],
    ['--faults', 'many'],
    ['--seed', '-1'],
    ['--rate', '1.5'],
    ['--orders'],
    ['--what'],
    ['more'],
    ['--only', 'sharks'],
  ])('cannot be %s %s', (...argv) => {
    expect(() => parseOptions(argv)).toThrow(UsageError);
  });
});
