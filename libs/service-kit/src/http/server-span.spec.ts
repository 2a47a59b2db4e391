import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { withSpan } from '@shop/tracing';
import { Public } from '../auth/decorators.ts';
import { serve } from '../serve.fixture.ts';

@Controller('orders')
@Public()
class Orders {
  @Get(':id')
  one() {
    return withSpan('work', {}, () => ({}));
  }

  @Get(':id/broken')
  broken() {
    throw new Error('broken');
  }
}

describe('the server span, when an SDK runs', () => {
  const exporter = new InMemorySpanExporter();
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
    service = await serve([Orders]);
  });
  afterAll(() => service.close());

  const spansOf = async (path: string) => {
    exporter.reset();
    await service.ask(path, {
      headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    });
    return exporter.getFinishedSpans();
  };

  it('is named by method and route, continues the caller’s, and is the parent of what the handler does', async () => {
    const [work, server] = await spansOf('/orders/1?card=secret');
    expect(server).toMatchObject({
      name: 'GET /orders/:id',
      kind: SpanKind.SERVER,
      parentSpanContext: { spanId: 'b7ad6b7169203331' },
      attributes: {
        'http.route': '/orders/:id',
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'url.path': '/orders/:id',
      },
    });
    expect(work?.parentSpanContext?.spanId).toBe(server?.spanContext().spanId);
    expect(JSON.stringify(server?.attributes)).not.toContain('secret');
  });

  it('tells which id was asked for, and nothing else that somebody put into the path', async () => {
    const id = '01936f2a-0000-7000-8000-000000000003';
    expect((await spansOf(`/orders/${id}`)).at(-1)?.attributes['url.path']).toBe(`/orders/${id}`);
    const [astray] = await spansOf('/customers/ada@lovelace.test');
    expect(JSON.stringify(astray?.attributes)).not.toContain('ada');
  });

  it('has failed when the answer is a server error', async () => {
    const [server] = await spansOf('/orders/1/broken');
    expect(server).toMatchObject({
      attributes: { 'http.response.status_code': 500 },
      status: { code: SpanStatusCode.ERROR },
    });
  });

  it('is what a bucket of the latency of its route leads to', async () => {
    await spansOf('/orders/1');
    const { text } = await service.ask('/metrics', { headers: { accept: 'application/openmetrics-text' } });
    const [, traceId] =
      /duration_seconds_bucket\{.*http_route="\/orders\/:id",.*\} \d+ # \{trace_id="(\w+)"/.exec(text) ?? [];
    expect(traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it('is not made for health checks and metrics', async () => {
    expect(await spansOf('/health/ready')).toEqual([]);
  });
});
