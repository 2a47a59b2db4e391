import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { newId } from '@shop/contracts';
import { RunningGateway } from '../running-gateway.fixture.ts';
import { json } from '../stand-in.fixture.ts';

describe('a live timeline', () => {
  let gateway: RunningGateway;
  let upstream: PromiseWithResolvers<ServerResponse>;
  const path = `/v1/orders/${newId()}/timeline`;

  beforeEach(async () => {
    gateway = await new RunningGateway().start({ UPSTREAM_TIMEOUT_MS: '300' });
    upstream = Promise.withResolvers();
    gateway.orders.answering = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      response.write('id: 1\ndata: {}\n\n');
      upstream.resolve(response);
    };
  });
  afterEach(() => gateway.stop());

  const watch = (init: RequestInit = {}) =>
    gateway.fetch(path, { as: 'alice', ...init, headers: { accept: 'text/event-stream', ...init.headers } });

  const readerOf = (response: Response) => {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    return async () => (await reader.read()).value;
  };

  it('comes through event by event, for longer than an answer may take', async () => {
    const response = await watch({ headers: { 'last-event-id': '7' } });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(gateway.orders.last.headers).toMatchObject({ accept: 'text/event-stream', 'last-event-id': '7' });
    const next = readerOf(response);
    expect(await next()).toBe('id: 1\ndata: {}\n\n');
    await new Promise((resolve) => setTimeout(resolve, 400));
    (await upstream.promise).write('id: 2\ndata: {}\n\n');
    expect(await next()).toBe('id: 2\ndata: {}\n\n');
    (await upstream.promise).end();
    expect(await next()).toBeUndefined();
  });

  it('ends upstream when its reader leaves', async () => {
    const leaving = new AbortController();
    const response = await watch({ signal: leaving.signal });
    await readerOf(response)();
    const closed = new Promise((resolve) => upstream.promise.then((stream) => stream.once('close', resolve)));
    leaving.abort();
    await closed;
  });

  it('ends in good order when the gateway stops', async () => {
    const next = readerOf(await watch());
    await next();
    const started = performance.now();
    const closing = gateway.close();
    expect(await next()).toBeUndefined();
    await closing;
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('of an order that is not yours is an ordinary problem', async () => {
    gateway.orders.answering = (_, response) => json(response, 404, { code: 'order/not-found' });
    const response = await watch();
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ code: 'order/not-found' });
  });
});
