import type { Product } from '@shop/contracts';
import type { HttpClient } from '@shop/resilience';
import { Problem, type OwnToken } from '@shop/service-kit';
import type { Call } from '../call.ts';
import { ask, copyHead, forward, type Answer } from '../forward.ts';
import { productProblems } from '../gateway.errors.ts';
import type { Availability, Available } from './availability.ts';
import { Catalogue, stocked } from './catalogue.ts';
import { noneMatch, withAvailability, withoutAvailability } from './product-etag.ts';

/** The catalogue's products, together with what inventory has of them. */
export class Products {
  private readonly catalogue: Catalogue;

  constructor(
    private readonly catalog: HttpClient,
    private readonly availability: Availability,
    own: OwnToken,
  ) {
    this.catalogue = new Catalogue(catalog, availability, own);
  }

  async list(call: Call): Promise<string> {
    const { response, text } = await this.catalogue.page(call.path);
    copyHead(response, call);
    return text;
  }

  /** Both are asked at once: the id is all that inventory needs. */
  async get(id: string, call: Call): Promise<string | undefined> {
    const key = id.toLowerCase();
    const [product, available] = await Promise.all([
      this.catalogue.product(key),
      this.availability.of([key]),
    ]);
    if (!product) throw new Problem(productProblems.notFound);
    const { body, etag } = this.shown(product, available, call);
    if (noneMatch(call.headers['if-none-match'], etag)) return body;
    call.reply.status(304).removeHeader('content-type');
    return undefined;
  }

  async create(call: Call): Promise<string> {
    const answer = await ask(this.catalog, call);
    const available =
      answer.response.status < 300
        ? await this.availability.of([(JSON.parse(answer.text) as Product).id])
        : new Map();
    return this.compose(answer, available, call);
  }

  async patch(id: string, call: Call): Promise<string> {
    const ifMatch = call.headers['if-match'];
    const headers =
      ifMatch === undefined ? call.headers : { ...call.headers, 'if-match': withoutAvailability(ifMatch) };
    const answer = await ask(this.catalog, { ...call, headers });
    return this.compose(answer, await this.availability.of([id]), call);
  }

  pass(call: Call): Promise<string> {
    return forward(this.catalog, call);
  }

  private compose({ response, text }: Answer, available: Available, call: Call): string {
    copyHead(response, call);
    return response.status >= 300 ? text : this.shown(JSON.parse(text) as Product, available, call).body;
  }

  private shown(known: Product, available: Available, call: Call): { body: string; etag: string } {
    const product = stocked(known, available);
    const etag = withAvailability(`"${product.version}"`, product.available);
    call.reply.header('content-type', 'application/json; charset=utf-8');
    // A copy may be kept, but must be checked before it is shown: availability changes at any moment.
    call.reply.header('etag', etag).header('cache-control', 'no-cache');
    return { body: JSON.stringify(product), etag };
  }
}
