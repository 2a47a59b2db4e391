import type { ProblemDetails } from '@shop/contracts';
import { type Answer, Gateway } from '@shop/tools/gateway';

export type { Answer } from '@shop/tools/gateway';

export interface Sent {
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is a string. */
  body?: unknown;
}

/** One caller of the public API, as its document describes it. It repeats nothing: what a test sees is what the shop answered. */
export class Client extends Gateway {
  readonly baseUrl: string;
  readonly token: string | undefined;

  constructor(baseUrl: string, token?: string) {
    super(baseUrl, token);
    this.baseUrl = baseUrl;
    this.token = token;
  }

  as(token: string | undefined): Client {
    return new Client(this.baseUrl, token);
  }

  /** What the document does not allow, which is the point of a test: malformed, incomplete, or for no endpoint at all. */
  async sendRaw(
    method: string,
    path: string,
    { headers = {}, body }: Sent = {},
  ): Promise<Answer<ProblemDetails>> {
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}
