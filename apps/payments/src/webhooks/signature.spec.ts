import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { isSigned } from './signature.ts';

const secret = 'a-secret-of-the-webhooks';
const body = Buffer.from('{"events":[]}');
const now = 1_800_000_000;
const mac = (text: string, key = secret) => createHmac('sha256', key).update(text).digest('hex');
const headerAt = (time: number) => `t=${time},v1=${mac(`${time}.${body.toString()}`)}`;
const check = (header: string | string[] | undefined, checked = body, secrets = [secret]) =>
  isSigned(secrets, header, checked, now * 1_000);

describe('the signature of a webhook', () => {
  it('is accepted within five minutes either way', () => {
    expect([-300, 0, 300].map((offset) => check(headerAt(now + offset)))).toEqual([true, true, true]);
  });

  it('is refused when it is older, or from too far ahead', () => {
    expect([-301, 301].map((offset) => check(headerAt(now + offset)))).toEqual([false, false]);
  });

  it('covers every byte of the body', () => {
    expect(check(headerAt(now), Buffer.from('{"events":[] }'))).toBe(false);
  });

  it('covers the time', () => {
    expect(check(headerAt(now).replace(`t=${now}`, `t=${now + 1}`))).toBe(false);
  });

  it('needs the right secret', () => {
    expect(check(`t=${now},v1=${mac(`${now}.${body.toString()}`, 'another-secret')}`)).toBe(false);
  });

  it('may be one of several, wherever it stands', () => {
    const [time, good] = headerAt(now).split(',');
    const others = [`v1=${mac('other')}`, 'v1=00', 'v0=11'];
    expect(check([time, ...others, good].join(','))).toBe(true);
    expect(check([good, ...others, time].join(', '))).toBe(true);
    expect(check([time, ...others].join(','))).toBe(false);
  });

  it('may be made with either of two secrets while the secret is changed, and with the old one no longer after that', () => {
    const old = 'the-secret-of-yesterday';
    const byOld = `t=${now},v1=${mac(`${now}.${body.toString()}`, old)}`;
    expect(check(byOld, body, [secret, old])).toBe(true);
    expect(check(headerAt(now), body, [secret, old])).toBe(true);
    expect(check(byOld, body, [secret])).toBe(false);
    expect(check(headerAt(now), body, [])).toBe(false);
  });

  it('covers every bit', () => {
    for (let bit = 0; bit < body.length * 8; bit++) {
      const flipped = Buffer.from(body);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(check(headerAt(now), flipped)).toBe(false);
    }
  });

  it.each([
    undefined,
    '',
    't=',
    'v1=00',
    `t=${now}`,
    `t=${now},v1=`,
    `t=${now},v1=zz`,
    't=1e9,v1=00',
    `t=${now},v0=00`,
    `t=${now},${headerAt(now)}`,
    `${headerAt(now)},t=${now}`,
    headerAt(now).replace('v1=', 'v1=0'),
    headerAt(now).replace('v1=', 'v1=\u0000'),
    headerAt(now).replace('t=', 't=+'),
    headerAt(now).slice(0, -2),
    [headerAt(now), headerAt(now)],
  ])('is refused when it reads %j', (header) => {
    expect(check(header)).toBe(false);
  });
});
