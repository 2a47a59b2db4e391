import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { isSigned } from './signature.ts';

const secret = 'a-secret-of-the-webhooks';
const body = Buffer.from('{"events":[]}');
const now = 1_800_000_000;
const mac = (text: string, key = secret) => createHmac('sha256', key).update(text).digest('hex');
const headerAt = (time: number) => `t=${time},v1=${mac(`${time}.${body.toString()}`)}`;
const check = (header: string | undefined, checked = body) => isSigned(secret, header, checked, now * 1_000);

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

  it('may be one of several, while the secret is changed', () => {
    expect(check(`${headerAt(now).replace('v1', `v1=${mac('old')},v1`)}`)).toBe(true);
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
  ])('is refused when it reads %j', (header) => {
    expect(check(header)).toBe(false);
  });
});
