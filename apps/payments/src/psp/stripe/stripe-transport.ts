import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpClient, HttpResponse } from '@shop/resilience';
import type Stripe from 'stripe';

type Headers = Record<string, string | number | string[] | null | undefined>;

/** One operation of the adapter: what ends it, and how many requests it has made. */
export interface Operation {
  signal: AbortSignal;
  requests: number;
}

/**
 * Carries the library's requests over our own client: its deadline, time limit, breaker, bulkhead, spans and metrics hold here, too. What it
 * throws bears no `code`, since the library repeats ECONNRESET by itself even when it is told not to repeat anything.
 */
export class StripeTransport implements Stripe.HttpClient {
  private readonly operations = new AsyncLocalStorage<Operation>();

  constructor(private readonly http: HttpClient) {}

  getClientName = () => 'shop';

  /** Runs `work`, whose requests end with the signal: the library takes none. */
  within<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    return this.operations.run(operation, work);
  }

  async makeRequest(
    _host: string,
    _port: string,
    path: string,
    method: string,
    headers: Headers,
    body: string,
  ): Promise<Stripe.HttpClientResponse> {
    const operation = this.operations.getStore();
    if (operation) operation.requests++;
    const response = await this.http.request({
      method,
      path,
      headers: present(headers),
      body: method === 'GET' ? undefined : body,
      signal: operation?.signal,
    });
    return new Answer(response);
  }
}

class Answer implements Stripe.HttpClientResponse {
  constructor(private readonly response: HttpResponse) {}

  getStatusCode = () => this.response.status;
  getHeaders = () => ({ ...this.response.headers });
  getRawResponse = () => this.response;
  toJSON = () => this.response.json();
  toStream(): never {
    throw new Error('nothing that is asked of Stripe is streamed');
  }
}

/** The client counts the body's bytes itself. */
const present = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === null || value === undefined || name === 'Content-Length' ? [] : [[name, String(value)]],
    ),
  );
