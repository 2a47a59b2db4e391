import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { Intents, refused, type Answer, type Intent } from './stand-in-intents.fixture.ts';
import { Keys } from './stand-in-keys.fixture.ts';

export const stripeKey = 'sk_test_of_the_stand_in';
export const stripeWebhookSecret = 'whsec_of_the_stand_in';

export interface Asked {
  method: string;
  path: string;
  key: string | undefined;
  version: string | undefined;
  params: Record<string, string>;
}

/** Stripe as far as the shop uses it and as its documentation describes it, over real HTTP. It never was compared with the live service. */
export class StripeStandIn {
  readonly intents = new Intents();
  readonly keys = new Keys();
  readonly asked: Asked[] = [];
  /** Answers for the next requests, before anything is done: rate limits, outages. */
  readonly refuseNext: Answer[] = [];
  /** Closes the connection of that many requests, after the work was done. */
  loseNext = 0;
  /** Stripe's search is late. */
  searchable = false;
  url = '';
  private readonly server = createServer((request, response) => void this.answer(request, response));
  private readonly lost = new Set<string>();
  private readonly failures = new Map<string, number>();

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What makes a service talk to it. */
  environment(): Record<string, string> {
    return {
      PSP: 'stripe',
      STRIPE_URL: this.url,
      STRIPE_SECRET_KEY: stripeKey,
      STRIPE_WEBHOOK_SECRET: stripeWebhookSecret,
    };
  }

  of(orderId: string): Intent[] {
    return [...this.intents.all.values()].filter(({ metadata }) => metadata['order_id'] === orderId);
  }

  /** An event about an object, and its signature. */
  event(type: string, object: object, secret = stripeWebhookSecret, timestamp?: number) {
    const id = `evt_${crypto.randomUUID()}`;
    const body = JSON.stringify({ id, object: 'event', type, data: { object } });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
    return { body, signature };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    this.asked.push(asked);
    if (request.headers.authorization !== `Bearer ${stripeKey}`)
      return send(response, refused(401, { message: 'Invalid API Key provided' }));
    const given = this.refuseNext.shift() ?? (await this.handle(asked, response));
    if (response.destroyed) return;
    if (this.loses(asked)) response.socket?.destroy();
    else send(response, given);
  }

  private handle(asked: Asked, response: ServerResponse): Promise<Answer> {
    if (asked.method === 'GET') return Promise.resolve(this.look(asked));
    const { path, params, key = crypto.randomUUID() } = asked;
    return this.keys.once(key, JSON.stringify([path, params]), () => this.act(asked, response));
  }

  private look({ path, params }: Asked): Answer {
    if (path === '/v1/payment_intents/search') {
      const data = this.searchable ? this.intents.search(params['query']!) : [];
      return { status: 200, body: { object: 'search_result', data, has_more: false }, keep: false };
    }
    const [, , resource, id = ''] = path.split('/');
    const intent = this.intents.all.get(id);
    const isExpanded = params['expand[0]'] === 'latest_charge.refunds';
    const shown = intent && !isExpanded ? { ...intent, latest_charge: intent.latest_charge?.id } : intent;
    const found = resource === 'refunds' ? this.intents.refunds.get(id) : shown;
    return found ? { status: 200, body: found, keep: false } : refused(404, { code: 'resource_missing' });
  }

  private async act(asked: Asked, response: ServerResponse): Promise<Answer> {
    const { path, params, key = '' } = asked;
    const [, , resource, id = '', action] = path.split('/');
    const intent = this.intents.all.get(id);
    const method = params['payment_method'] ?? intent?.payment_method;
    if (method === 'pm_hang' && !intent) return this.hang(response);
    if (method === 'pm_flaky' && this.failsAgain(key))
      return refused(429, { type: 'invalid_request_error', code: 'lock_timeout' }, false);
    const done = this.perform(resource, params, intent, action);
    if (method === 'pm_broken' && !intent) return refused(500, { type: 'api_error' });
    return done;
  }

  private perform(
    resource: string | undefined,
    params: Record<string, string>,
    intent: Intent | undefined,
    action: string | undefined,
  ): Answer {
    if (resource === 'refunds') return this.intents.refund(params);
    if (!intent) return action ? refused(404, { code: 'resource_missing' }) : this.intents.create(params);
    return action === 'capture' ? this.intents.capture(intent) : this.intents.cancel(intent);
  }

  /** Does nothing until the caller gives up, and nothing afterwards. */
  private async hang(response: ServerResponse): Promise<Answer> {
    await once(response, 'close');
    return refused(500, {}, false);
  }

  private failsAgain(key: string): boolean {
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    return failures <= 2;
  }

  private loses({ method, path, params, key = '' }: Asked): boolean {
    if (this.loseNext > 0) return this.loseNext-- > 0;
    const intent = this.intents.all.get(path.split('/')[3] ?? '');
    const token = params['payment_method'] ?? intent?.payment_method;
    const steps = /:(authorise|capture)$/.test(key);
    if (method === 'GET' || token !== 'pm_lost_answer' || !steps || this.lost.has(key)) return false;
    this.lost.add(key);
    return true;
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { pathname, searchParams } = new URL(request.url!, 'http://stripe');
  const header = (name: string) => request.headers[name] as string | undefined;
  return {
    method: request.method!,
    path: pathname,
    key: header('idempotency-key'),
    version: header('stripe-version'),
    params: Object.fromEntries(request.method === 'GET' ? searchParams : new URLSearchParams(body)),
  };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' });
  response.end(JSON.stringify(body));
}
