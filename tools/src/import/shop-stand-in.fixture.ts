import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { newId, OpeningStock, ProductImport, type NewProduct } from '@shop/contracts';

type Fault = (response: ServerResponse) => void;

/** Stands in for a gateway: it keeps products and opening stock as the real shop does, and fails when it is told to. */
export class ShopStandIn {
  readonly products = new Map<string, NewProduct & { id: string }>();
  readonly opening = new Map<string, number>();
  readonly tokens = new Set<string | undefined>();
  requests = 0;
  /** Taken one by one, each by the next request. */
  faults: Fault[] = [];
  private readonly server = createServer(async (request, response) => {
    this.requests += 1;
    this.tokens.add(request.headers.authorization);
    const fault = this.faults.shift();
    if (fault) return fault(response);
    const body = await json(request);
    const answer = request.url === '/v1/admin/products/import' ? this.import(body) : this.open(body);
    response.end(JSON.stringify(answer));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private import(body: unknown) {
    const items = ProductImport.parse(body).items.map((product) => {
      const known = this.products.get(product.sku);
      const id = known?.id ?? newId();
      this.products.set(product.sku, { id, ...product });
      const same = known && JSON.stringify(known) === JSON.stringify({ id, ...product });
      return { id, sku: product.sku, outcome: known ? (same ? 'unchanged' : 'updated') : 'created' };
    });
    return { items };
  }

  private open(body: unknown) {
    for (const { productId, quantity } of OpeningStock.parse(body).items) {
      if (!this.opening.has(productId)) this.opening.set(productId, quantity);
    }
    return { items: [] };
  }
}

/** A refusal as the gateway words it. */
export const refusing =
  (status: number, headers: Record<string, string> = {}, problem: object = {}): Fault =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
      .end(JSON.stringify(problem));

export const hangingUp: Fault = (response) => void response.destroy();
