import { describe, expect, it } from '@jest/globals';
import { FixedWindow } from './fixed-window.ts';

describe('an allowance', () => {
  let now = 0;
  const window = () => new FixedWindow(2, 10, () => now);

  it('ends after its limit, for one caller', () => {
    const limited = window();
    expect(limited.take('a')).toEqual({ allowed: true, remaining: 1, resetSeconds: 10 });
    expect(limited.take('a')).toMatchObject({ allowed: true, remaining: 0 });
    expect(limited.take('a')).toMatchObject({ allowed: false, remaining: 0 });
    expect(limited.take('b')).toMatchObject({ allowed: true });
  });

  it('is whole again in the next window', () => {
    const limited = window();
    for (let request = 0; request < 3; request++) limited.take('a');
    now += 9_999;
    expect(limited.take('a')).toMatchObject({ allowed: false, resetSeconds: 1 });
    now += 1;
    expect(limited.take('a')).toMatchObject({ allowed: true, remaining: 1 });
  });
});
