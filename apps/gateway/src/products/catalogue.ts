import type { Product, ProductPage } from '@shop/contracts';
import { Deadline, UpstreamError, withDeadline, type HttpClient } from '@shop/resilience';
import type { OwnToken } from '@shop/service-kit';
import type { z } from 'zod';
import { ask, edgeMs, type Answer } from '../forward.ts';
import type { Availability, Available } from './availability.ts';
import { Gathered } from './gathered.ts';
import { SharedAnswers } from './shared-answers.ts';

/** The catalogue answers about so many products at once. */
const most = { questions: 2, keys: 100 };

/** What anybody may read of the catalogue: callers who ask for the same at the same time share one question. */
export class Catalogue {
  private readonly pages = new SharedAnswers<Answer>();
  private readonly products: Gathered<Product>;

  constructor(
    private readonly catalog: HttpClient,
    private readonly availability: Availability,
    own: OwnToken,
  ) {
    this.products = new Gathered((ids) => productsOf(catalog, own, ids), most);
  }

  async product(id: string): Promise<Product | undefined> {
    return (await atTheEdge(() => this.products.of([id]))).get(id);
  }

  /** A page of products by its public path, with what inventory has of them. */
  page(path: string): Promise<Answer> {
    return atTheEdge(() => this.pages.of(path, () => this.ask(path)));
  }

  private async ask(path: string): Promise<Answer> {
    const answer = await read(this.catalog, path);
    if (answer.response.status !== 200) return answer;
    const page = JSON.parse(answer.text) as z.output<typeof ProductPage>;
    const available = await this.availability.of(page.items.map((product) => product.id));
    const items = page.items.map((product) => stocked(product, available));
    return { ...answer, text: JSON.stringify({ ...page, items }) };
  }
}

/** The time that a caller waits for somebody else's question counts, too. */
const atTheEdge = <T>(work: () => T): T => withDeadline(Deadline.in(edgeMs), work);

export const stocked = (product: Product, available: Available): Product => ({
  ...product,
  available: available.get(product.id) ?? null,
});

/** All at once in the gateway's own name; while it has none, one by one at the address that is anybody's. */
async function productsOf(catalog: HttpClient, own: OwnToken, ids: string[]): Promise<Products> {
  const authorization = await own.authorization();
  if (!authorization) return oneByOne(catalog, ids);
  const path = `/v1/products/batch?ids=${ids.join(',')}`;
  const { response, text } = await read(catalog, path, { authorization });
  if (response.status === 401) {
    own.refused(authorization);
    return oneByOne(catalog, ids);
  }
  if (response.status !== 200) throw unexpected(response.status);
  const { items } = JSON.parse(text) as { items: Product[] };
  return new Map(items.map((product) => [product.id, product]));
}

async function oneByOne(catalog: HttpClient, ids: string[]): Promise<Products> {
  const found = ids.map(async (id): Promise<[string, Product][]> => {
    const { response, text } = await read(catalog, `/v1/products/${id}`);
    if (response.status === 404) return [];
    if (response.status !== 200) throw unexpected(response.status);
    return [[id, JSON.parse(text) as Product]];
  });
  return new Map((await Promise.all(found)).flat());
}

type Products = ReadonlyMap<string, Product>;

const read = (catalog: HttpClient, path: string, more: Record<string, string> = {}): Promise<Answer> =>
  ask(catalog, { method: 'GET', path, headers: { accept: 'application/json', ...more }, body: undefined });

const unexpected = (status: number) => new UpstreamError('failed', `the catalogue answered ${status}`);
