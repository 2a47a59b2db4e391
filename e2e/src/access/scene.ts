import { newId, type Order, type Product } from '@shop/contracts';
import { aNewProduct, anAddress, eventually } from '@shop/testing';
import type { Credentials, People } from './credentials.ts';

/** The shop that is tried. */
export interface Target {
  gateway: string;
  /** Where each app is asked; while a guard of one is removed, another process than the shop's. */
  urls: Record<string, string>;
  secretOf: (name: string) => string;
}

export interface Sent {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A payment at the sandbox, and the key that it was authorised with. */
export interface Payment {
  id: string;
  key: string;
}

/** What there is in the shop for the callers to try their hands on: made anew for each app, so that each starts alike. */
export class Scene {
  readonly target: Target;
  readonly people: People;
  readonly credentials: ReadonlyMap<string, Credentials>;
  readonly category = `access-${newId()}`;
  /** A product with stock that nobody orders. */
  shelf!: Product;
  /** A product whose stock was never counted. */
  unopened!: Product;
  /** Ordered, paid and confirmed. */
  confirmed!: Order;
  /** Waits for a payment provider that does not answer. */
  pending!: Order;
  /** A payment of nobody's order in the sandbox's book, by the key it was authorised with. */
  payment!: Payment;

  constructor(target: Target, people: People, credentials: ReadonlyMap<string, Credentials>) {
    this.target = target;
    this.people = people;
    this.credentials = credentials;
  }

  async set(): Promise<this> {
    [this.shelf, this.unopened] = [await this.#product(), await this.#product()];
    const opening = { items: [{ productId: this.shelf.id, quantity: 100 }] };
    await this.as('admin', 'POST', '/v1/admin/stock/opening', opening);
    this.confirmed = await this.order('tok_ok');
    this.pending = await this.order('tok_hang');
    if (this.target.urls['psp-sandbox']) this.payment = await this.authorised();
    await eventually(async () => {
      const { status } = await this.as<Order>('owner', 'GET', `/v1/orders/${this.confirmed.id}`);
      if (status !== 'CONFIRMED') throw new Error(`the order is ${status}`);
    });
    return this;
  }

  newProduct = () => ({ ...aNewProduct(), sku: newId().toUpperCase(), category: this.category });

  orderBody = (paymentToken: string) => ({
    lines: [{ productId: this.shelf.id, quantity: 1 }],
    paymentToken,
    shippingAddress: anAddress(),
  });

  /** An order of the owner. Orders hears of new products by events, so the first one may come too early. */
  order(paymentToken: string): Promise<Order> {
    const place = () => this.as<Order>('owner', 'POST', '/v1/orders', this.orderBody(paymentToken));
    return eventually(place, { timeoutMs: 20_000 });
  }

  async authorised(): Promise<Payment> {
    const key = newId();
    const body = { reference: newId(), amount: { amount: 100, currency: 'EUR' }, token: 'tok_ok' };
    const response = await this.#sandbox('POST', '/v1/payments', { key, body });
    const { id } = (await response.json()) as Payment;
    return { id, key };
  }

  async captured(): Promise<Payment> {
    const payment = await this.authorised();
    await this.#sandbox('POST', `/v1/payments/${payment.id}/capture`);
    return payment;
  }

  /** What the provider knows under a key: the payment, or that there is none. */
  stateOf = async ({ key }: Payment): Promise<string> =>
    (await this.#sandbox('GET', `/v1/payments/by-key/${key}`)).text();

  /** Asks through the gateway, as somebody who may. */
  async as<T>(who: string, method: string, path: string, body?: unknown): Promise<T> {
    const headers = this.credentials.get(who)!({ scope: '' }, '');
    const response = await send({ method, url: this.target.gateway + path, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  #sandbox(method: string, path: string, { key = newId(), body }: { key?: string; body?: unknown } = {}) {
    const proof = this.credentials.get('right secret')!({ secret: 'psp-api-key' }, '');
    const url = this.target.urls['psp-sandbox'] + path;
    return send({ method, url, headers: { 'idempotency-key': key, ...proof }, body });
  }

  #product = () => this.as<Product>('admin', 'POST', '/v1/admin/products', this.newProduct());
}

export const send = ({ method, url, headers = {}, body }: Sent): Promise<Response> =>
  fetch(url, {
    method,
    headers: {
      ...(method === 'POST' && { 'idempotency-key': newId() }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
