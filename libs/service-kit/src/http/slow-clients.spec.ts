import { once } from 'node:events';
import type { Server } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { rawAnswer, rawConnection } from '../raw-exchange.fixture.ts';
import { Public } from '../auth/decorators.ts';
import { json, serve } from '../serve.fixture.ts';

const megabyte = Buffer.alloc(1024 * 1024);
let reading: PromiseWithResolvers<Readable>;
let made: number;

@Public()
@Controller()
class Things {
  @Get('endless')
  endless() {
    const source: Readable = new Readable({ read: () => source.push(megabyte) });
    reading.resolve(source);
    return new StreamableFile(source);
  }

  @Post('things')
  make(@Body({ schema: z.strictObject({}) }) body: unknown) {
    made++;
    return body;
  }
}

describe('a slow client', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  let server: Server;
  beforeEach(async () => {
    made = 0;
    reading = Promise.withResolvers();
    service = await serve([Things]);
    server = service.app.getHttpServer() as Server;
    // The real limits, only sooner.
    server.headersTimeout = Math.ceil(server.headersTimeout / 100);
    server.requestTimeout = Math.ceil(server.requestTimeout / 100);
  });
  afterEach(() => service.close());
  /** The limit on silence likewise; not for clients that drip, whom a machine that stalls does not hear for a while. */
  const cutSilentSooner = () => server.setTimeout(Math.ceil(server.timeout / 100));

  it.each([
    ['head', 'GET /endless HTTP/1.1\r\nHost: shop\r\nx-slow: '],
    [
      'body',
      'POST /things HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n',
    ],
    [
      'chunks',
      'POST /things HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n',
    ],
  ])('that sends its %s byte by byte is cut, and 200 of them keep nobody waiting', async (_, beginning) => {
    const slow = await Promise.all(Array.from({ length: 200 }, () => rawConnection(service.url)));
    for (const socket of slow) socket.write(beginning);
    const dripping = setInterval(() => slow.forEach((socket) => socket.writable && socket.write('x')), 50);
    try {
      expect(await service.ask('/things', json({}))).toMatchObject({ status: 201 });
      const answers = await Promise.all(slow.map(rawAnswer));
      expect(answers.every(({ status }) => status === 408)).toBe(true);
      expect(answers[0]).toMatchObject({ body: { code: 'request/timed-out' } });
    } finally {
      clearInterval(dripping);
    }
  });

  it('that goes on after it was told, and keeps its side open, is cut, and its request is not carried out', async () => {
    const socket = await rawConnection(service.url, { allowHalfOpen: true });
    socket.write(
      'POST /things HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    let left = 99;
    // Two seconds; what is too slow is found within one and a bit.
    const dripping = setInterval(() => left && socket.writable && socket.write(--left ? ' ' : '}'), 20);
    const cut = rawAnswer(socket);
    try {
      await Promise.race([cut, setTimeout(4_000, undefined, { ref: false })]);
      expect({ made, open: !socket.destroyed }).toEqual({ made: 0, open: false });
      expect(await cut).toMatchObject({ status: 408, body: { code: 'request/timed-out' } });
    } finally {
      clearInterval(dripping);
      socket.destroy();
    }
  });

  it('that does not read its answer is cut, and what it was reading ends', async () => {
    cutSilentSooner();
    const socket = await rawConnection(service.url);
    socket.pause().write('GET /endless HTTP/1.1\r\nHost: shop\r\n\r\n');
    await once(await reading.promise, 'close');
    socket.destroy();
    expect(await service.ask('/things', json({}))).toMatchObject({ status: 201 });
  });

  it('that says nothing at all is cut', async () => {
    cutSilentSooner();
    await rawAnswer(await rawConnection(service.url));
  });
});
