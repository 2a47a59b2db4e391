import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../auth/decorators.ts';
import { json, serve } from '../serve.fixture.ts';

@Public()
@Controller('echo')
class Echo {
  @Post()
  @HttpCode(200)
  echo(@Body({ schema: z.looseObject({}) }) body: unknown) {
    return body;
  }
}

const nested = (levels: number) => `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`;
const items = (count: number) => JSON.stringify({ items: Array(count).fill(0) });
const members = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, n])));

describe('a body', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => void (service = await serve([Echo])));
  afterAll(() => service.close());

  it.each([
    ['two members of the same name', '{"quantity":0,"quantity":1}', /same name/],
    ['the same name in two spellings', '{"price":0,"pr\\u0069ce":1}', /same name/],
    ['the same name further in', '{"a":[{"b":{"c":1,"d":2,"c":1}}]}', /same name/],
    ['the same name with spaces about it', '{"a" : 1,"a"\n:2}', /same name/],
    ['the same empty name', '{"":1,"":2}', /same name/],
    ['17 levels', nested(17), /deeper than 16/],
    ['30,000 levels', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, /deeper than 16/],
    ['1,001 items', items(1_001), /more than 1000 members/],
    ['1,001 members', members(1_001), /more than 1000 members/],
    ['a number beyond all', '{"n":1e400}', /too large/],
    ['a whole number that a double cannot hold', '{"n":9007199254740993}', /too large/],
    ['a number of many digits', `{"n":${'1'.repeat(10_000)}}`, /too large/],
    ['a negative zero', '{"n":-0}', /negative zero/],
    ['a prototype', '{"a":{"__proto__":{"isAdmin":true}}}', /not valid JSON/],
    ['a prototype in another spelling', '{"\\u005f_proto__":{"isAdmin":true}}', /not valid JSON/],
    ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}', /not valid JSON/],
    ['NUL', '{"a":"\\u0000"}', /NUL/],
    ['half a character', '{"a":"\\ud800"}', /surrogates/],
    ['a number that JSON does not know', '{"n":NaN}', /not valid JSON/],
    ['more after its end', '{} {}', /not valid JSON/],
  ])('with %s is refused', async (_, body, detail) => {
    const answer = await service.ask('/echo', json(body));
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'request/malformed', detail: expect.stringMatching(detail) },
    });
  });

  it.each([
    ['16 levels', nested(16)],
    ['1,000 items', items(1_000)],
    ['1,000 members', members(1_000)],
    ['the same name in different objects', '{"a":{"a":1},"b":[{"a":1},{"a":1}]}'],
    ['colons and quotes in its strings', String.raw`{"a":"\"b\":","\"c\\":"d: e:\\","f":[":"]}`],
    ['the largest exact numbers', '{"n":[9007199254740991,-9007199254740991,0.1,1e-400]}'],
  ])('with %s is not', async (_, body) => {
    const answer = await service.ask('/echo', json(body));
    expect(answer).toMatchObject({ status: 200, body: JSON.parse(body) });
  });

  it.each([
    ['gzip', gzipSync('{}')],
    ['br', Buffer.from('{}')],
    ['identity, gzip', gzipSync('{}')],
  ])('in the coding %s is not unpacked', async (coding, body) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': coding };
    const answer = await service.ask('/echo', { method: 'POST', headers, body });
    expect(answer).toMatchObject({ status: 415, body: { code: 'request/unsupported-media-type' } });
    expect(answer.headers.get('accept-encoding')).toBe('identity');
  });

  it.each([
    ['application/json; charset=utf-16', 415],
    ['application/json; charset="latin1"', 415],
    ['application/json; charset=utf-8', 200],
    ['application/json;charset="UTF-8"; q=1', 200],
    ['application/jsonp', 415],
  ])('of the type %s answers %d', async (type, status) => {
    const init = { method: 'POST', headers: { 'content-type': type }, body: '{}' };
    expect(await service.ask('/echo', init)).toMatchObject({ status });
  });
});
