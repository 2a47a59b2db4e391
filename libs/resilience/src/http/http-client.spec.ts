import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CircuitOpenError } from '../circuit-breaker.ts';
import { Deadline, withDeadline } from '../deadline.ts';
import { httpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('an HTTP client', () => {
  let server: Server;
  let client: HttpClient;
  let seen: IncomingMessage[];

  const upstream = async (answer: Answer, options: Partial<HttpClientOptions> = {}) => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(request);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = httpClient({
      name: 'upstream',
      baseUrl: `http://127.0.0.1:${port}`,
      timeoutMs: 1_000,
      ...options,
    });
  };
  const statuses =
    (...codes: number[]): Answer =>
    (_, response) =>
      response.writeHead(codes.shift() ?? 200).end('{"ok":true}');
  const get = () => client.request({ method: 'GET', path: '/' });
  const post = (idempotent?: boolean) =>
    client.request({ method: 'POST', path: '/', body: '{}', idempotent });

  afterEach(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('repeats a read that fails', async () => {
    await upstream(statuses(503, 500));
    await expect((await get()).json()).resolves.toEqual({ ok: true });
    expect(seen).toHaveLength(3);
  });

  it('repeats a write only when it carries a key', async () => {
    await upstream(statuses(503, 503));
    expect((await post()).status).toBe(503);
    expect(seen).toHaveLength(1);
    expect((await post(true)).status).toBe(200);
  });

  it('answers with the last status when repeating did not help', async () => {
    await upstream(statuses(500, 500, 500));
    expect((await get()).status).toBe(500);
  });

  it('repeats nothing where a mesh does it', async () => {
    await upstream(statuses(503), { retries: 0 });
    expect((await get()).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  it.each([400, 401, 404, 409, 422])(
    'takes %i for an answer: no retry, no mark against the upstream',
    async (status) => {
      await upstream(statuses(...Array<number>(40).fill(status)), { breaker: { minimumCalls: 5 } });
      for (let i = 0; i < 20; i++) expect((await get()).status).toBe(status);
      expect(seen).toHaveLength(20);
    },
  );

  it.each([408, 429, 500, 503])('leaves an upstream alone that keeps answering %i', async (status) => {
    await upstream(statuses(...Array<number>(40).fill(status)), { retries: 0, breaker: { minimumCalls: 5 } });
    for (let i = 0; i < 5; i++) await get();
    await expect(get()).rejects.toThrow(CircuitOpenError);
    expect(seen).toHaveLength(5);
  });

  it('gives up after its time, also in the middle of a body', async () => {
    await upstream((_, response) => response.writeHead(200).write('{'), { timeoutMs: 50, retries: 0 });
    await expect(get()).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('tells an upstream that cannot be reached from one that cut the connection', async () => {
    await upstream((request) => request.socket.destroy(), { retries: 0 });
    await expect(get()).rejects.toMatchObject({ kind: 'failed' });
    server.close();
    await expect(get()).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'upstream cannot be reached (ECONNREFUSED)',
    });
  });

  it('passes the remaining time on, less a reserve', async () => {
    await upstream(statuses());
    await withDeadline(Deadline.in(500), get);
    const sent = Number(seen[0]?.headers['x-request-deadline']);
    expect(sent).toBeLessThanOrEqual(490);
    expect(sent).toBeGreaterThan(100);
  });

  it('refuses work whose time is over', async () => {
    await upstream(statuses());
    await expect(withDeadline(Deadline.in(0), get)).rejects.toThrow('no time is left to ask upstream');
    expect(seen).toHaveLength(0);
  });

  it('does not hold a caller’s giving up against the upstream', async () => {
    await upstream(() => undefined, { breaker: { minimumCalls: 1 } });
    const caller = new AbortController();
    const asked = client.request({ method: 'GET', path: '/', signal: caller.signal });
    setTimeout(() => caller.abort(new Error('gone')), 20);
    await expect(asked).rejects.toThrow('gone');
    await expect(
      client.request({ method: 'GET', path: '/', signal: AbortSignal.timeout(5) }),
    ).rejects.not.toThrow(CircuitOpenError);
  });

  it('streams a body past the time limit, and stops it when the caller goes', async () => {
    await upstream(
      (_, response) => {
        response.writeHead(200).write('a');
        setTimeout(() => response.write('b'), 60);
      },
      { timeoutMs: 40 },
    );
    const caller = new AbortController();
    const { stream } = await client.request({
      method: 'GET',
      path: '/',
      stream: true,
      signal: caller.signal,
    });
    let text = '';
    const read = async () => {
      for await (const chunk of stream) if ((text += String(chunk)) === 'ab') caller.abort(new Error('gone'));
    };
    await expect(read()).rejects.toThrow('gone');
    expect(text).toBe('ab');
  });
});
