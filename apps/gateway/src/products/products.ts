import type { Product, ProductPage } from '@shop/contracts';
import type { HttpClient } from '@shop/resilience';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { ask, copyHead, forward } from '../forward.ts';
import type { Availability, Available } from './availability.ts';
import { noneMatch, withAvailability, withoutAvailability } from './product-etag.ts';

const stocked = (product: Product, available: Available): Product => ({
  ...product,
  available: available.get(product.id) ?? null,
});

/** The catalogue's products, together with what inventory has of them. */
export class Products {
  constructor(
    private readonly catalog: HttpClient,
    private readonly availability: Availability,
  ) {}

  async list(call: Call): Promise<string> {
    const { response, text } = await ask(this.catalog, call);
    copyHead(response, call);
    if (response.status !== 200) return text;
    const page = JSON.parse(text) as z.output<typeof ProductPage>;
    const available = await this.availability.of(page.items.map((product) => product.id));
    return JSON.stringify({ ...page, items: page.items.map((product) => stocked(product, available)) });
  }

  /** Both are asked at once: the id is all that inventory needs. */
  async get(id: string, call: Call): Promise<string | undefined> {
    const { 'if-none-match': ifNoneMatch, ...headers } = call.headers;
    const [answer, available] = await Promise.all([
      ask(this.catalog, { ...call, headers }),
      this.availability.of([id]),
    ]);
    const { body, etag } = this.compose(answer, available, call);
    if (etag === undefined || noneMatch(ifNoneMatch, etag)) return body;
    call.reply.status(304).removeHeader('content-type');
    return undefined;
  }

  async create(call: Call): Promise<string> {
    const answer = await ask(this.catalog, call);
    const available =
      answer.response.status < 300
        ? await this.availability.of([(JSON.parse(answer.text) as Product).id])
        : new Map();
    return this.compose(answer, available, call).body;
  }

  async patch(id: string, call: Call): Promise<string> {
    const ifMatch = call.headers['if-match'];
    const headers =
      ifMatch === undefined ? call.headers : { ...call.headers, 'if-match': withoutAvailability(ifMatch) };
    const answer = await ask(this.catalog, { ...call, headers });
    return this.compose(answer, await this.availability.of([id]), call).body;
  }

  pass(call: Call): Promise<string> {
    return forward(this.catalog, call);
  }

  private compose({ response, text }: Awaited<ReturnType<typeof ask>>, available: Available, call: Call) {
    copyHead(response, call);
    if (response.status >= 300) return { body: text };
    const product = stocked(JSON.parse(text) as Product, available);
    const etag = withAvailability(response.headers.etag ?? `"${product.version}"`, product.available);
    // A copy may be kept, but must be checked before it is shown: availability changes at any moment.
    call.reply.header('etag', etag).header('cache-control', 'no-cache');
    return { body: JSON.stringify(product), etag };
  }
}
