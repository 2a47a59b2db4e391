import { describe, expect, it } from '@jest/globals';
import { kindNeeds, lackOf, versionIn } from './needs.ts';

const needOf = (name: string) => kindNeeds.find(({ program }) => program === name)!;

describe('the version of a program', () => {
  it.each([
    ['kind v0.31.0 go1.25.5 linux/amd64', [0, 31, 0]],
    ['clientVersion:\n  buildDate: x\n  gitVersion: v1.35.1\n  major: "1"', [1, 35, 1]],
    ['client version: 1.31.0\n', [1, 31, 0]],
    ['28.5', [28, 5]],
  ])('is read from %j', (text, version) => {
    expect(versionIn(text)).toEqual(version);
  });

  it('is not there where nothing looks like one', () => {
    expect(versionIn('client version: unknown')).toBeUndefined();
  });
});

describe('what is missing', () => {
  it('is a program that is not there, with where to get it', () => {
    expect(lackOf(needOf('kind'), undefined)).toMatch(/^kind is not on the PATH: install it: https:/);
  });

  it('is a version that is too old or, of istioctl, too new', () => {
    expect(lackOf(needOf('kind'), 'kind v0.30.9')).toMatch('kind is 0.30.9, and 0.31 or later is needed');
    expect(lackOf(needOf('istioctl'), '1.32.0')).toMatch('from 1.31, before 1.32 is needed');
  });

  it('is an engine that does not answer', () => {
    expect(lackOf(needOf('docker'), '')).toMatch('start Docker Engine');
  });

  it.each([
    ['docker', '100.0.1'],
    ['kind', 'kind v1.0.0'],
    ['kubectl', 'v1.34.0'],
    ['istioctl', '1.31.4'],
  ])('is nothing when %s is %s', (program, answer) => {
    expect(lackOf(needOf(program), answer)).toBeUndefined();
  });
});
