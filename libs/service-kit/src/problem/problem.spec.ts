import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Param, Post, ServiceUnavailableException } from '@nestjs/common';
import { TimeoutError, UpstreamError } from '@shop/resilience';
import { Public } from '../auth/decorators.ts';
import { BodyLimit } from '../http/route-config.ts';
import { Priority } from '../http/priority.ts';
import { rawExchange } from '../raw-exchange.fixture.ts';
import { json, serve } from '../serve.fixture.ts';
import { defineProblems } from './define-problems.ts';
import { Problem } from './problem.ts';

const problems = defineProblems('order', {
  notCancellable: ['conflict', 'not-cancellable', 'The order cannot be cancelled'],
});
const failures: Record<string, () => Error> = {
  conflict: () => new Problem(problems.notCancellable, 'It is already paid', { headers: { 'x-extra': '1' } }),
  bug: () => new TypeError('SELECT secret FROM db.internal'),
  refused: () => Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }),
  'postgres-stopping': () =>
    new Error('query failed', { cause: Object.assign(new Error('terminating'), { code: '57P01' }) }),
  typeorm: () =>
    Object.assign(new Error('QueryFailed'), {
      driverError: Object.assign(new Error('gone'), { code: '08006' }),
    }),
  pool: () => new Error('timeout exceeded when trying to connect'),
  timeout: () => new TimeoutError('no answer'),
  upstream: () => new UpstreamError('failed', 'psp at db.internal'),
  nest: () => new ServiceUnavailableException('inner host db.internal'),
};

@Controller()
@Public()
class Failing {
  @Get('fail/:how')
  fail(@Param('how') how: string) {
    throw failures[how]!();
  }

  @Post('import')
  @BodyLimit(100_000)
  @Priority('batch')
  import() {
    return {};
  }

  @Post('things')
  make() {
    return {};
  }
}

describe('an error answer', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => void (service = await serve([Failing])));
  afterAll(() => service.close());

  it('is problem+json with all members of the convention, and no query string', async () => {
    const answer = await service.ask('/fail/conflict?token=secret');
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.headers.get('x-extra')).toBe('1');
    expect(answer.body).toEqual({
      type: 'urn:shop:problem:order/not-cancellable',
      title: 'The order cannot be cancelled',
      status: 409,
      detail: 'It is already paid',
      instance: '/fail/conflict',
      code: 'order/not-cancellable',
    });
  });

  it('tells nothing of an unexpected error', async () => {
    const answer = await service.ask('/fail/bug');
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal/unexpected' } });
    expect(answer.text).not.toMatch(/SELECT|internal\.|TypeError|at /);
  });

  it.each(['refused', 'postgres-stopping', 'typeorm', 'pool', 'nest', 'timeout', 'upstream'])(
    'is a 503 to retry when the cause is infrastructure (%s)',
    async (how) => {
      const answer = await service.ask(`/fail/${how}`);
      expect(answer).toMatchObject({ status: 503, body: { code: 'service/unavailable' } });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(answer.text).not.toContain('db.internal');
    },
  );

  it.each<[string, string, RequestInit, number, string]>([
    ['an unknown route', '/nowhere?x=1', {}, 404, 'request/not-found'],
    ['a method that the route lacks', '/things', { method: 'DELETE' }, 405, 'request/method-not-allowed'],
    [
      'a body of another media type',
      '/things',
      { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
      415,
      'request/unsupported-media-type',
    ],
    ['a body over 64 KiB', '/things', json('x'.repeat(65_537)), 413, 'request/too-large'],
    ['a path that is not a URL', '/%zz', {}, 400, 'request/malformed'],
    ['NUL in a path', '/fail/a%00', {}, 400, 'request/malformed'],
    ['NUL in a path that no route takes', '/nowhere/a%00', {}, 400, 'request/malformed'],
    ['an endless path parameter', `/fail/${'x'.repeat(1_000)}`, {}, 414, 'request/uri-too-long'],
  ])('is a problem for %s', async (_, path, init, status, code) => {
    const answer = await service.ask(path, init);
    expect(answer).toMatchObject({ status, body: { status, code, instance: path.split('?')[0] } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('comes later where a route takes larger bodies', async () => {
    expect(await service.ask('/import', json({ text: 'x'.repeat(90_000) }))).toMatchObject({ status: 201 });
    expect(await service.ask('/import', json({ text: 'x'.repeat(110_000) }))).toMatchObject({ status: 413 });
  });

  it('names the methods that are allowed instead', async () => {
    const answer = await service.ask('/fail/any', { method: 'PUT' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it.each([
    [
      'headers over 16 KiB',
      `GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'x'.repeat(17_000)}\r\n\r\n`,
      431,
      'request/headers-too-large',
    ],
    ['what is not HTTP', 'EHLO mail\r\n\r\n', 400, 'request/malformed'],
  ])('is a problem even for %s', async (_, bytes, status, code) => {
    const answer = await rawExchange(service.url, bytes);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.text).toMatch(/x-trace-id: [0-9a-f]{32}/);
  });
});
