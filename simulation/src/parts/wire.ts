import { type HttpClient, type HttpRequest, type HttpResponse, UpstreamError } from '@shop/resilience';
import type { Provider } from './provider.ts';

export interface Sent {
  request: HttpRequest;
  resolve: (response: HttpResponse) => void;
  reject: (error: Error) => void;
}

/** What becomes of a request on its way to the provider and back. */
export const fates = ['answered', 'answer lost', 'times out', 'fails', 'unreachable'] as const;
export type Fate = (typeof fates)[number];

const unavailable = { status: 503, headers: {}, json: () => Promise.resolve({}) } as unknown as HttpResponse;

/** The network between payments and the provider. Requests are under way until the schedule decides what becomes of them. */
export class Wire implements HttpClient {
  /** By the signal of whoever waits for the answer. */
  readonly underWay = new Map<AbortSignal, Sent>();
  /** Nobody waits for their answers any more, and yet they may arrive. */
  readonly strays: HttpRequest[] = [];

  constructor(private readonly provider: Provider) {}

  request(request: HttpRequest): Promise<HttpResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>();
    this.underWay.set(request.signal!, { request, resolve, reject });
    return promise;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async decide(signal: AbortSignal, fate: Fate): Promise<void> {
    const sent = this.underWay.get(signal)!;
    this.underWay.delete(signal);
    if (fate === 'answered') sent.resolve(await this.provider.receive(sent.request));
    else if (fate === 'fails') sent.resolve(unavailable);
    else sent.reject(await this.#failure(sent, fate));
  }

  async #failure({ request }: Sent, fate: Exclude<Fate, 'answered' | 'fails'>): Promise<UpstreamError> {
    if (fate === 'unreachable') return unreachable;
    if (fate === 'times out') {
      // What never arrives anywhere cannot arrive late either.
      if (!hangs(request)) this.strays.push(request);
      return timedOut;
    }
    await this.provider.receive(request);
    return broken;
  }

  /** Whoever sent it no longer waits. */
  abandon(signal: AbortSignal): void {
    const sent = this.underWay.get(signal);
    if (!sent) return;
    this.underWay.delete(signal);
    if (!hangs(sent.request)) this.strays.push(sent.request);
    sent.reject(timedOut);
  }

  async arriveLate(index: number): Promise<void> {
    const [request] = this.strays.splice(index, 1);
    if (request) await this.provider.receive(request);
  }
}

/** The payment method for which the provider never answers. */
export const hangs = ({ path, body }: HttpRequest): boolean =>
  path === '/v1/payments' && body!.includes('"tok_hang"');

// Made once: a stack for every fault costs more than the fault.
const timedOut = new UpstreamError('timeout', 'the provider did not answer in time');
const unreachable = new UpstreamError('unreachable', 'no connection to the provider');
const broken = new UpstreamError('failed', 'the connection to the provider broke');
