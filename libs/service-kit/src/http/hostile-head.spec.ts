import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { rawExchange } from '../raw-exchange.fixture.ts';
import { Public } from '../auth/decorators.ts';
import { serve } from '../serve.fixture.ts';
import { IdempotencyKeyHeader } from './idempotency-key.ts';

@Public()
@Controller()
class Things {
  @Get('things')
  all() {
    return [];
  }

  @Get('things/:id')
  one(@Param('id') id: string) {
    return { id };
  }

  @Post('things')
  make(@IdempotencyKeyHeader() key: string) {
    return { key };
  }
}

const get = (path: string, ...more: string[]) =>
  ['GET', path, 'HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n'].join(' ') +
  more.map((header) => `${header}\r\n`).join('') +
  '\r\n';
const post = (...more: string[]) => get('/things', ...more).replace('GET', 'POST');

describe('the head of a request', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => void (service = await serve([Things])));
  afterAll(() => service.close());

  it.each<[string, string, number, string]>([
    [
      'an address beyond 8,000 characters',
      get(`/things?q=${'x'.repeat(8_000)}`),
      414,
      'request/uri-too-long',
    ],
    [
      'more than 100 headers',
      get('/things', ...Array.from({ length: 99 }, (_, n) => `x-${n}: 1`)),
      431,
      'request/headers-too-large',
    ],
    ['bytes that are not UTF-8, in a query', get('/things?q=%ff'), 400, 'request/malformed'],
    ['half an escape in a query', get('/things?q=%4'), 400, 'request/malformed'],
    ['a longer spelling of a slash', get('/things/%c0%af'), 400, 'request/malformed'],
    ['a bare carriage return', get('/things', 'x-a: 1\r2'), 400, 'request/malformed'],
    ['NUL in a header', get('/things', 'x-a: 1\x002'), 400, 'request/malformed'],
    ['a folded header', get('/things', 'x-a: 1', '  2'), 400, 'request/malformed'],
    ['a space before a colon', get('/things', 'x-a : 1'), 400, 'request/malformed'],
    ['lines that end in LF only', get('/things').replaceAll('\r', ''), 400, 'request/malformed'],
    ['another version of HTTP', get('/things').replace('1.1', '2.0'), 400, 'request/malformed'],
    ['no host', 'GET /things HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'request/malformed'],
    ['two hosts', get('/things', 'Host: other'), 400, 'request/malformed'],
    ['a host that is a path', get('/things').replace('shop', 'shop/x@y'), 400, 'request/malformed'],
    ['another expectation', post('Expect: 200-ok'), 417, 'request/expectation-failed'],
    [
      'two idempotency keys',
      post('Idempotency-Key: a', 'Idempotency-Key: b'),
      400,
      'idempotency/key-invalid',
    ],
    [
      'two media types',
      post('Content-Type: application/json', 'Content-Type: text/plain', 'Content-Length: 2', '', '{}'),
      415,
      'request/unsupported-media-type',
    ],
    ['two lengths', post('Content-Length: 2', 'Content-Length: 3', '', '{}'), 400, 'request/malformed'],
    [
      'a length and chunks',
      post('Content-Length: 2', 'Transfer-Encoding: chunked', '', '0', ''),
      400,
      'request/malformed',
    ],
    [
      'a coding after chunks',
      post('Transfer-Encoding: chunked, gzip', '', '0', ''),
      400,
      'request/malformed',
    ],
    ['a negative length', post('Content-Length: -1'), 400, 'request/malformed'],
    ['a method that there is not', get('/things').replace('GET', 'GIVE'), 400, 'request/malformed'],
    ['what begins TLS', '\x16\x03\x01\x02\x00\x01', 400, 'request/malformed'],
    ['a doubled slash', get('//things'), 404, 'request/not-found'],
    ['a way up', get('/nothing/../things'), 404, 'request/not-found'],
    ['an escaped way up', get('/nothing/%2e%2e/things'), 404, 'request/not-found'],
    ['an escaped slash', get('/things%2f1'), 404, 'request/not-found'],
    ['a path parameter after a semicolon', get('/things;id=1'), 404, 'request/not-found'],
    ['a backslash', get('\\things'), 400, 'request/malformed'],
  ])('with %s is refused', async (_, bytes, status, code) => {
    expect(await rawExchange(service.url, bytes)).toMatchObject({ status, body: { status, code } });
  });

  it.each([
    ['a long address', get(`/things?q=${'x'.repeat(7_900)}`)],
    ['many headers', get('/things', ...Array.from({ length: 98 }, (_, n) => `x-${n}: 1`))],
    ['escaped UTF-8', get('/things?q=caf%C3%A9+%26')],
    ['an absolute address, as proxies send it', get('http://shop/things')],
    ['a host with a port', get('/things').replace('shop', '[::1]:8080')],
    ['HTTP/1.0, which needs no host', 'GET /things HTTP/1.0\r\n\r\n'],
    ['an escaped slash within an id', get('/things/a%2fb')],
  ])('with %s is not', async (_, bytes) => {
    expect(await rawExchange(service.url, bytes)).toMatchObject({ status: 200 });
  });

  it('with a wish to tunnel ends the connection', async () => {
    const { text } = await rawExchange(service.url, 'CONNECT other:80 HTTP/1.1\r\nHost: other:80\r\n\r\n');
    expect(text).toBe('');
  });
});
