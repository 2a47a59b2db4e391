import { describe, expect, it } from '@jest/globals';
import { parseOptions, scenarioNames } from './options.ts';

describe('the options of the benchmark', () => {
  it('are everything, in full, for the docs', () => {
    expect(parseOptions([])).toEqual({
      help: false,
      quick: false,
      only: scenarioNames,
      out: 'docs/benchmark',
    });
  });

  it('keep what is only for a look out of the docs', () => {
    expect(parseOptions(['--quick']).out).toBe('.shop/benchmark');
    expect(parseOptions(['--only', 'growth']).out).toBe('.shop/benchmark');
    expect(parseOptions(['--quick', '--out', 'x']).out).toBe('x');
  });

  it('name the scenarios that there are when they are asked for another', () => {
    expect(parseOptions(['--only', 'growth', '--only', 'checkout']).only).toEqual(['growth', 'checkout']);
    expect(() => parseOptions(['--only', 'speed'])).toThrow(/no scenario "speed"; there are checkout, /);
  });
});
