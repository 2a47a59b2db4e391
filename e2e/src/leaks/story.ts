import { newId, OrderConfirmed, type OrderStatus } from '@shop/contracts';
import { connected, produce } from '@shop/testing';
import { issueToken } from '@shop/tools';
import { expect } from '@jest/globals';
import { Client } from '../support/client.ts';
import { orderOf, place, placed, untilStatus, withKey } from '../support/orders.ts';
import { aProductInStock } from '../support/products.ts';
import type { OwnShop } from '../support/shop.ts';
import { address, badOrders, cardNumber, customerId } from './canaries.ts';
import { BROKEN } from './places.ts';

/** Everything that one person can do to a shop and that can go wrong with it, on each way leaving what should not stay. */
export class Story {
  /** The error answers that the person got. */
  readonly refusals: string[] = [];

  /** How many messages were sent that nobody can read. */
  broken = 0;

  private constructor(
    private readonly shop: OwnShop,
    private readonly customer: Client,
    private readonly admin: Client,
    private readonly productId: string,
  ) {}

  static async begin(shop: OwnShop): Promise<Story> {
    const { dataDir, gatewayUrl } = shop;
    const client = async (name: string) => new Client(gatewayUrl, await issueToken({ dataDir, name }));
    const admin = await client('admin');
    const { id } = await aProductInStock(admin, 50);
    return new Story(shop, await client(customerId), admin, id);
  }

  async tell(): Promise<void> {
    await this.ordersOfEachEnding();
    await this.badRequests();
    await this.badCallers();
    await this.aFailingDatabase();
    await this.messagesNobodyCanRead();
    await this.anErasure();
  }

  async ordersOfEachEnding(): Promise<void> {
    const endings: [OrderStatus, object][] = [
      ['CONFIRMED', {}],
      ['CONFIRMED', { paymentToken: 'tok_flaky' }],
      ['CONFIRMED', { paymentToken: 'tok_lost_answer' }],
      ['REJECTED', { paymentToken: 'tok_declined' }],
      ['REJECTED', { paymentToken: 'tok_unheard_of' }],
      ['REJECTED', { quantity: 99 }],
    ];
    const ended = endings.map(async ([status, given]) =>
      untilStatus(this.customer, (await placed(this.customer, this.#order(given))).id, status, 60_000),
    );
    const [toRefund] = await Promise.all(ended);
    await this.admin.post('/v1/admin/orders/{id}/refund', { path: { id: toRefund!.id }, header: withKey() });
    await untilStatus(this.customer, toRefund!.id, 'REFUNDED');
    const regretted = await placed(this.customer, this.#order({ paymentToken: 'tok_hang' }));
    await this.customer.post('/v1/orders/{id}/cancel', { path: { id: regretted.id }, header: withKey() });
    await untilStatus(this.customer, regretted.id, 'CANCELLED');
  }

  async badRequests(): Promise<void> {
    for (const [why, body] of badOrders(this.#order())) {
      const { status } = await this.#refused('POST', '/v1/orders', body, withKey());
      expect({ why, status }).toEqual({ why, status: why.includes('exist') ? 422 : 400 });
    }
    const key = newId();
    await place(this.customer, this.#order(), key);
    await this.#refused('POST', '/v1/orders', this.#order({ quantity: 2 }), withKey(key));
    const named = encodeURIComponent(address.name);
    await this.#refused('GET', `/v1/orders?cursor=${named}`);
    await this.#refused('GET', `/v1/products?query=${named}&limit=${cardNumber}`);
    await this.#echoed();
  }

  /** Problems name the path and the fields that were asked for, so these come back to whoever sent them; but they stay nowhere. */
  async #echoed(): Promise<void> {
    const fields = { ...this.#order(), [address.name]: address.street, [customerId]: cardNumber };
    const headers = withKey();
    expect((await this.customer.sendRaw('POST', '/v1/orders', { body: fields, headers })).status).toBe(400);
    const named = encodeURIComponent(address.name);
    for (const path of [`/v1/orders/${cardNumber}`, `/v1/customers/${named}`, `/v1/products/${customerId}`])
      expect((await this.customer.sendRaw('GET', path)).status).toBeGreaterThanOrEqual(400);
  }

  async badCallers(): Promise<void> {
    const forged = this.customer.as(`${this.customer.token}x`);
    const headers = { authorization: `Basic ${btoa(`${customerId}:${address.street}`)}` };
    await this.#keep(await forged.get('/v1/orders'));
    await this.#keep(await this.customer.as(undefined).get('/v1/orders', { headers }));
    const body = { events: [{ payment: { reference: address.name, card: cardNumber } }] };
    const webhook = new Client(this.shop.urls['payments']!);
    const signature = { 'x-psp-signature': `t=1,v1=${'0'.repeat(64)}` };
    await this.#keep(await webhook.sendRaw('POST', '/v1/webhooks/psp', { body, headers: signature }));
    const provider = new Client(this.shop.pspUrl, this.customer.token);
    const payment = { reference: address.name };
    await this.#keep(await provider.sendRaw('POST', '/v1/payments', { body: payment, headers: withKey() }));
  }

  /** PostgreSQL itself tells the row that violates a constraint. */
  async aFailingDatabase(): Promise<void> {
    await connected(this.shop.databases.orders, async (client) => {
      try {
        await client.query('ALTER TABLE shipping_addresses ADD CONSTRAINT closed CHECK (false) NOT VALID');
        const { status } = await this.#refused('POST', '/v1/orders', this.#order(), withKey());
        expect(status).toBe(500);
      } finally {
        await client.query('ALTER TABLE shipping_addresses DROP CONSTRAINT closed');
      }
    });
  }

  async messagesNobodyCanRead(): Promise<void> {
    const { brokers } = this.shop;
    const bodies = [
      `{"customerId": ${customerId}, "street": "${address.street}`,
      // Short enough for what JavaScript quotes of it in its error.
      `{"at":${address.postalCode}}`,
      JSON.stringify({ orderId: address.name, total: cardNumber, [address.street]: customerId }),
    ];
    this.broken = bodies.length;
    for (const value of bodies) {
      const id = newId();
      const ce = { ce_specversion: '1.0', ce_id: id, ce_type: OrderConfirmed.type, ce_source: BROKEN };
      const headers = { ...ce, ce_time: new Date().toISOString(), 'content-type': 'application/json' };
      await produce(brokers, { topic: OrderConfirmed.topic, key: id, value, headers });
    }
  }

  /** But for the address of an order under way, whose token is where it has to be until it ends. */
  async anErasure(): Promise<void> {
    await placed(this.customer, this.#order({ paymentToken: 'tok_hang' }));
    const path = { customerId };
    expect(await this.admin.get('/v1/admin/customers/{customerId}/orders', { path })).toMatchObject({
      status: 200,
    });
    const { body } = await this.admin.post('/v1/admin/customers/{customerId}/erasure', { path });
    expect(body).toMatchObject({ underWay: expect.any(Number) as unknown });
    expect(body.addresses).toBeGreaterThan(0);
  }

  #order(given: object = {}) {
    return orderOf(this.productId, { shippingAddress: address, ...given });
  }

  async #refused(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    return this.#keep(await this.customer.sendRaw(method, path, { body, headers }));
  }

  #keep<T extends { status: number; body: unknown }>(answer: T): T {
    expect(answer.status).toBeGreaterThanOrEqual(400);
    this.refusals.push(JSON.stringify(answer.body));
    return answer;
  }
}
