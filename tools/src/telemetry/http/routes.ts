import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { Refusal } from './refusal.ts';

export type Route = (request: IncomingMessage, response: ServerResponse, match: string) => unknown;

/** `POST /v1/traces`, or with one variable part, `GET /traces/*`. */
export type Routes = Record<string, Route>;

/** Answers by the table; what a route returns is sent as JSON, and what it throws becomes a status that fits. */
export const answering = (routes: Routes) => (request: IncomingMessage, response: ServerResponse) => {
  respond(routes, request, response).catch((error: unknown) => {
    if (response.headersSent) return response.destroy();
    const { status, message } = refusalFor(error);
    // What is left of the body would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    send(response, status, { message });
  });
};

async function respond(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLocal(request.headers.host)) throw new Refusal(421, 'ask for 127.0.0.1 or localhost');
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (!url) throw new Refusal(400, 'the address is none');
  const [route, match] = find(routes, `${request.method} ${url.pathname}`);
  const answer = await route(request, response, match);
  if (answer !== undefined) send(response, 200, answer as object);
}

function find(routes: Routes, wanted: string): [route: Route, match: string] {
  const exact = routes[wanted];
  if (exact) return [exact, ''];
  const prefix = Object.keys(routes).find((key) => key.endsWith('*') && wanted.startsWith(key.slice(0, -1)));
  const route = prefix && routes[prefix];
  if (!route) throw new Refusal(404, `there is ${Object.keys(routes).join(', ')}`);
  return [route, wanted.slice(prefix.length - 1)];
}

/** A foreign page that gave its own name this machine's address still sends its own name. */
const isLocal = (host = ''): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);

function refusalFor(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof ZodError)) return new Refusal(500, String(error));
  const [fault] = error.issues;
  return new Refusal(400, `${fault?.path.join('.') || 'the body'}: ${fault?.message}`);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
