import { headers } from '@shop/contracts';
import type { HttpClient } from '@shop/resilience';
import { Problem } from '@shop/service-kit';
import type { Call } from '../call.ts';
import { ask, copyHead, forward } from '../forward.ts';
import { productProblems } from '../gateway.errors.ts';

/** Stock of products that exist: inventory only knows ids, so the catalogue is asked first. */
export class Stock {
  constructor(
    private readonly catalog: HttpClient,
    private readonly inventory: HttpClient,
  ) {}

  async adjust(productId: string, call: Call): Promise<string> {
    const { [headers.idempotencyKey]: _, ...sent } = call.headers;
    const question = {
      ...call,
      method: 'GET',
      path: `/v1/products/${productId}`,
      body: undefined,
      headers: sent,
    };
    const { response, text } = await ask(this.catalog, question);
    if (response.status === 404) throw new Problem(productProblems.notFound);
    if (response.status === 200) return forward(this.inventory, call);
    copyHead(response, call);
    return text;
  }

  open(call: Call): Promise<string> {
    return forward(this.inventory, call);
  }
}
