import { describe, expect, it } from '@jest/globals';
import { majorVersion } from './java.ts';

describe('the version of Java', () => {
  it.each([
    ['openjdk version "21.0.5" 2024-10-15', 21],
    ['openjdk version "17" 2021-09-14', 17],
    ['java version "1.8.0_412"', 1],
    ['The operation couldn’t be completed. Unable to locate a Java Runtime.', 0],
  ])('is read from %s', (banner, version) => {
    expect(majorVersion(banner)).toBe(version);
  });
});
