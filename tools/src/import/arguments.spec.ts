import { describe, expect, it } from '@jest/globals';
import { argumentsOf } from './arguments.ts';

const shop = 'http://localhost:8080';
const parse = (...argv: string[]) => argumentsOf(argv, () => shop);

describe('the arguments of the import', () => {
  it.each([
    [['a.csv'], { file: 'a.csv', gatewayUrl: shop, dryRun: false }],
    [['--dry-run', 'a.csv'], { file: 'a.csv', gatewayUrl: shop, dryRun: true }],
    [
      ['a.csv', '--gateway', 'https://shop.example/'],
      { file: 'a.csv', gatewayUrl: 'https://shop.example', dryRun: false },
    ],
  ])('%j are understood', (argv, given) => {
    expect(parse(...argv)).toEqual(given);
  });

  it('may ask for help', () => {
    expect(parse('--help')).toBeUndefined();
    expect(parse('a.csv', '-h')).toBeUndefined();
  });

  it.each([[[]], [['a.csv', 'b.csv']], [['a.csv', '--loud']], [['a.csv', '--gateway', 'localhost']]])(
    '%j are refused',
    (argv) => {
      expect(() => parse(...argv)).toThrow();
    },
  );
});
