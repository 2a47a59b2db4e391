import { randomUUID } from 'node:crypto';
import type { Order } from '@shop/contracts';

/** The public API, as far as a load needs it. */
export class ShopClient {
  private readonly gatewayUrl: string;
  private readonly token: string;

  constructor(gatewayUrl: string, token: string) {
    this.gatewayUrl = gatewayUrl;
    this.token = token;
  }

  /** Answers the order's id, or undefined when the shop shed the request (429, 503). */
  async placeOrder(productId: string): Promise<string | undefined> {
    const response = await this.post('/v1/orders', {
      lines: [{ productId, quantity: 1 }],
      paymentToken: 'tok_ok',
      shippingAddress: { name: 'Bench', street: '1 Loop', city: 'Lyon', postalCode: '69001', country: 'FR' },
    });
    if (response.status === 429 || response.status === 503) return undefined;
    return ((await expectStatus(response, 202).json()) as { id: string }).id;
  }

  async order(id: string): Promise<Order> {
    const headers = { authorization: `Bearer ${this.token}` };
    return (await expectStatus(
      await fetch(`${this.gatewayUrl}/v1/orders/${id}`, { headers }),
      200,
    ).json()) as Order;
  }

  async createProduct(stock: number): Promise<string> {
    const sku = `BENCH-${randomUUID().slice(0, 8).toUpperCase()}`;
    const product = {
      sku,
      name: sku,
      description: 'Load',
      category: 'bench',
      price: { amount: 1000, currency: 'EUR' },
    };
    const { id } = (await expectStatus(await this.post('/v1/admin/products', product), 201).json()) as {
      id: string;
    };
    expectStatus(
      await this.post(`/v1/admin/stock/${id}/adjustments`, { delta: stock, reason: 'bench' }),
      200,
    );
    return id;
  }

  private post(path: string, body: unknown): Promise<Response> {
    return fetch(this.gatewayUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
  }
}

function expectStatus(response: Response, status: number): Response {
  if (response.status !== status)
    throw new Error(`${response.url} answered ${response.status}, not ${status}`);
  return response;
}
