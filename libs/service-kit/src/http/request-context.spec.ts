import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { currentDeadline } from '@shop/resilience';
import { currentTraceId, inject, logger } from '@shop/tracing';
import { pino } from 'pino';
import { z } from 'zod';
import { Public } from '../auth/decorators.ts';
import { json, serve } from '../serve.fixture.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traced = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
const log = logger('handler');

@Controller('context')
@Public()
class Context {
  @Get()
  get() {
    return this.seen();
  }

  @Post()
  post(@Body({ schema: z.strictObject({}) }) _: unknown) {
    return this.seen();
  }

  private async seen() {
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.info('in the handler');
    return {
      traceId: currentTraceId(),
      sent: inject(),
      remainingMs: currentDeadline()?.remainingMs() ?? null,
    };
  }
}

interface Seen {
  traceId: string;
  sent: { traceparent: string };
  remainingMs: number | null;
}

describe('a handler', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  const lines: string[] = [];
  beforeAll(async () => {
    service = await serve([Context]);
    const stream = (log as unknown as Record<symbol, { write(line: string): boolean }>)[
      pino.symbols.streamSym
    ]!;
    jest.spyOn(stream, 'write').mockImplementation((line) => lines.push(line) > 0);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await service.close();
  });

  it.each([
    ['GET', { headers: traced }],
    [
      'POST, after its body was read',
      { ...json({}), headers: { ...traced, 'content-type': 'application/json' } },
    ],
  ])('continues the caller’s trace in logs, in calls, and in the answer (%s)', async (_, init) => {
    lines.length = 0;
    const answer = await service.ask('/context', init);
    const seen = answer.body as Seen;
    expect(seen.traceId).toBe(traceId);
    expect(seen.sent.traceparent).toContain(traceId);
    expect(answer.headers.get('x-trace-id')).toBe(traceId);
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ msg: 'in the handler', trace_id: traceId }),
    );
  });

  it('begins a trace when the caller brings none, a different one for each request', async () => {
    const answers = await Promise.all([service.ask('/context'), service.ask('/context', json({}))]);
    const ids = answers.map(({ headers, body }) => [headers.get('x-trace-id'), (body as Seen).traceId]);
    for (const [told, seen] of ids) {
      expect(told).toMatch(/^[0-9a-f]{32}$/);
      expect(seen).toBe(told);
    }
    expect(ids[0]).not.toEqual(ids[1]);
  });

  it('works under the deadline of the caller, and without one when the caller has none', async () => {
    const deadline = { 'x-request-deadline': '5000' };
    const { body } = await service.ask('/context', { headers: deadline });
    expect((body as Seen).remainingMs).toBeGreaterThan(3_000);
    expect((body as Seen).remainingMs).toBeLessThanOrEqual(5_000);
    expect((await service.ask('/context')).body).toMatchObject({ remainingMs: null });
  });

  it('is not bothered with a request whose deadline has passed', async () => {
    const deadline = { 'x-request-deadline': '0' };
    expect(await service.ask('/context', { headers: deadline })).toMatchObject({
      status: 504,
      body: { code: 'request/deadline-exceeded' },
    });
  });

  it('is counted and timed by route, method and status, and so is what no route takes', async () => {
    await service.ask('/nowhere/at/all?x=1');
    const { text } = await service.ask('/metrics');
    expect(text).toMatch(
      /http_server_request_duration_seconds_count\{http_request_method="GET",http_route="\/context",http_response_status_code="200"\} \d/,
    );
    expect(text).toMatch(
      /http_server_request_duration_seconds_count\{http_request_method="GET",http_route="",http_response_status_code="404"\} 1/,
    );
    expect(text).not.toContain('http_route="/metrics"');
  });
});
