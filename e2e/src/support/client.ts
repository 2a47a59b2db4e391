import type { ProblemDetails } from '@shop/contracts';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Sent {
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is a string. */
  body?: unknown;
}

/** One caller of the public API. It repeats nothing: what a test sees is what the shop answered. */
export class Client {
  constructor(
    readonly baseUrl: string,
    readonly token?: string,
  ) {}

  as(token: string | undefined): Client {
    return new Client(this.baseUrl, token);
  }

  async send<T = ProblemDetails>(method: string, path: string, sent: Sent = {}): Promise<Answer<T>> {
    const response = await this.open(method, path, sent);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  open(
    method: string,
    path: string,
    { headers = {}, body, signal }: Sent & { signal?: AbortSignal } = {},
  ): Promise<Response> {
    return fetch(new URL(path, this.baseUrl), {
      method,
      signal,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
  }

  get<T = ProblemDetails>(path: string, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.send<T>('GET', path, { headers });
  }

  post<T = ProblemDetails>(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>> {
    return this.send<T>('POST', path, { body, headers });
  }
}
