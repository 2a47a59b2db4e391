import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Seen {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
export type Answering = (request: Seen, response: ServerResponse, raw: IncomingMessage) => unknown;

/** An upstream for tests: a real server on any free port, which notes what it was asked and answers what the test says. */
export class StandIn {
  readonly seen: Seen[] = [];
  answering: Answering = (_, response) => json(response, 200, {});
  private readonly server = createServer((request, response) => void this.take(request, response));

  async start(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server.close(), 'close');
  }

  get last(): Seen {
    const last = this.seen.at(-1);
    if (!last) throw new Error('the upstream was not asked');
    return last;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const seen = { method, path: url, headers, body: await text(request) };
    this.seen.push(seen);
    await this.answering(seen, response, request);
  }
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
}
