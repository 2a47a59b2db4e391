import { networkInterfaces } from 'node:os';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { anOrdersTrace, aSpan, exportOf, traceIdOf } from './span.fixture.ts';
import { type ReceiverOptions, startReceiver, type TelemetryReceiver } from './receiver.ts';
import type { Overview } from './views/overview.ts';

let receiver: TelemetryReceiver;
afterEach(() => receiver.stop());

const start = async (options: ReceiverOptions = {}) => (receiver = await startReceiver(options));
const json = { 'content-type': 'application/json' };
const send = (body: string | Buffer, headers: Record<string, string> = json, path = '/v1/traces') =>
  fetch(`${receiver.url}${path}`, { method: 'POST', headers, body });
const sendTrace = (trace: number, count: number) =>
  send(
    JSON.stringify(exportOf(...Array.from({ length: count }, () => aSpan({ traceId: traceIdOf(trace) })))),
  );
const overview = async () => (await (await fetch(`${receiver.url}/overview`)).json()) as Overview;

describe('the receiver of telemetry', () => {
  it('keeps what exporters send and shows one trace', async () => {
    await start();
    expect((await sendTrace(7, 2)).status).toBe(200);
    expect(receiver.spans(traceIdOf(7))).toHaveLength(2);
    const shown = await fetch(`${receiver.url}/traces/${traceIdOf(7)}`);
    expect(await shown.json()).toEqual({ spans: receiver.spans(traceIdOf(7)) });
  });

  it('stays within its memory: the oldest traces go first', async () => {
    await start({ capacity: 100_000, page: true });
    for (let trace = 1; trace <= 200; trace += 1) await sendTrace(trace, 4);
    const { kept } = await overview();
    expect(kept.fill).toBeLessThanOrEqual(1);
    expect(receiver.spans(traceIdOf(1))).toHaveLength(0);
    expect(receiver.spans(traceIdOf(200 - kept.traces))).toHaveLength(0);
    expect(receiver.spans(traceIdOf(201 - kept.traces))).toHaveLength(4);
    expect(receiver.spans(traceIdOf(200))).toHaveLength(4);
  });

  it.each([
    ['no JSON', '{', json, 400],
    ['JSON that is no export', '[]', json, 400],
    [
      'a span without an id',
      JSON.stringify({ ...exportOf({ ...aSpan(), spanId: '' }), resourceMetrics: 7 }),
      json,
      400,
    ],
    ['bytes that are not gzip', 'x', { ...json, 'content-encoding': 'gzip' }, 400],
    ['nesting without end', '['.repeat(200_000), json, 400],
    ['protobuf', '\n', { 'content-type': 'application/x-protobuf' }, 415],
    ['another compression', '{}', { ...json, 'content-encoding': 'zstd' }, 415],
    ['what a form of a foreign page can send', '{}', { 'content-type': 'text/plain' }, 415],
    ['17 MB', ' '.repeat(17 << 20), json, 413],
    [
      '100 MB in 100 kB',
      gzipSync(Buffer.alloc(100 << 20, ' ')),
      { ...json, 'content-encoding': 'gzip' },
      413,
    ],
  ])('refuses %s and stays up', async (_, body, headers, status) => {
    await start({ page: true });
    for (const path of ['/v1/traces', '/v1/metrics']) {
      // A body that is too long is cut off while it is being sent, which a client may see as a broken connection.
      const refused = await send(body, headers, path).then(
        (answer) => answer.status,
        () => 413,
      );
      expect(refused).toBe(status);
    }
    expect((await sendTrace(1, 1)).status).toBe(200);
    expect((await overview()).kept.spans).toBe(1);
  });

  it('takes all of an export or nothing', async () => {
    await start();
    const body = exportOf(aSpan(), { ...aSpan(), traceId: 'x' });
    expect((await send(JSON.stringify(body))).status).toBe(400);
    expect(receiver.spans(traceIdOf(1))).toEqual([]);
  });

  it('listens on the loopback interface only', async () => {
    await start();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others)
      await expect(fetch(`http://${address}:${receiver.port}/`)).rejects.toThrow('fetch failed');
    expect((await fetch(`${receiver.url}/traces/${traceIdOf(1)}`)).status).toBe(200);
  });

  it('does not answer to another name, which a foreign page may have given this machine', async () => {
    await start({ page: true });
    const status = await new Promise((resolve) =>
      request(`${receiver.url}/overview`, { headers: { host: 'shop.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      ).end(),
    );
    expect(status).toBe(421);
  });

  it('refuses an address that is none and stays up', async () => {
    await start();
    const status = await new Promise((resolve) =>
      request({ port: receiver.port, host: '127.0.0.1', path: '//' }, (answer) =>
        resolve(answer.resume().statusCode),
      ).end(),
    );
    expect(status).toBe(400);
  });

  it('has a page only where one is wanted, and nothing outside of its folder', async () => {
    await start();
    expect((await fetch(receiver.url)).status).toBe(404);
    await receiver.stop();
    await start({ page: true });
    const page = await fetch(receiver.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const path of ['/..%2freceiver.ts', '/../receiver.ts', '/page/main.js', '/nothing'])
      expect((await fetch(`${receiver.url}${path}`)).status).toBe(404);
  });

  it('tells what is new once a second to all who listen', async () => {
    await start({ page: true });
    const answer = await fetch(`${receiver.url}/live`);
    const events = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () =>
      JSON.parse(((await events.read()).value ?? '').slice('data: '.length)) as Overview;
    expect((await next()).orders).toEqual([]);
    await send(JSON.stringify(exportOf(...anOrdersTrace())));
    expect((await next()).orders).toMatchObject([{ status: 'CONFIRMED', services: 6 }]);
    await events.cancel();
  });
});
