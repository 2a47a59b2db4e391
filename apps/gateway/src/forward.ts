import { headers } from '@shop/contracts';
import { Deadline, withDeadline, type HttpClient, type HttpResponse } from '@shop/resilience';
import type { Call } from './call.ts';
import { asProblem } from './upstream-problem.ts';

/** From here on a request has this long, whatever its caller says. */
export const edgeMs = 10_000;

/** All that a caller gets to see of an upstream's headers. */
const passedBack = [
  'content-type',
  'location',
  'etag',
  headers.idempotencyReplayed,
  'retry-after',
  'cache-control',
  'last-modified',
  'www-authenticate',
];

type Question = Omit<Call, 'reply'>;
export interface Answer {
  response: HttpResponse;
  text: string;
}

/** Sends a call to the upstream as it is, and answers with what the upstream answered. */
export async function forward(client: HttpClient, call: Call): Promise<string> {
  const { response, text } = await ask(client, call);
  copyHead(response, call);
  return text;
}

export async function ask(client: HttpClient, call: Question): Promise<Answer> {
  try {
    return await withDeadline(Deadline.in(edgeMs), async () => {
      const response = await client.request(requestOf(call));
      return { response, text: await response.text() };
    });
  } catch (error) {
    throw asProblem(error);
  }
}

export function requestOf({ method, path, headers: sent, body }: Question) {
  return {
    method,
    path,
    headers: body === undefined ? sent : { ...sent, 'content-type': 'application/json' },
    body,
    // A write may be repeated only if its key keeps it from taking effect twice.
    idempotent: method === 'GET' || headers.idempotencyKey in sent,
  };
}

export function copyHead(response: HttpResponse, { reply }: Call): void {
  reply.status(response.status);
  for (const name of passedBack) {
    const value = response.headers[name];
    if (value !== undefined) reply.header(name, value);
  }
}
