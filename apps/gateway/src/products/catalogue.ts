import type { Product, ProductPage } from '@shop/contracts';
import { Deadline, UpstreamError, withDeadline, type HttpClient } from '@shop/resilience';
import type { z } from 'zod';
import { ask, edgeMs, type Answer } from '../forward.ts';
import type { Availability, Available } from './availability.ts';
import { Gathered } from './gathered.ts';
import { SharedAnswers } from './shared-answers.ts';

/** The catalogue answers about so many products at once. */
const most = { questions: 2, keys: 100 };
const headers = { accept: 'application/json' };

/** What anybody may read of the catalogue: callers who ask for the same at the same time share one question. */
export class Catalogue {
  private readonly pages = new SharedAnswers<Answer>();
  private readonly products: Gathered<Product>;

  constructor(
    private readonly catalog: HttpClient,
    private readonly availability: Availability,
  ) {
    this.products = new Gathered((ids) => productsOf(catalog, ids), most);
  }

  async product(id: string): Promise<Product | undefined> {
    return (await atTheEdge(() => this.products.of([id]))).get(id);
  }

  /** A page of products by its public path, with what inventory has of them. */
  page(path: string): Promise<Answer> {
    return atTheEdge(() => this.pages.of(path, () => this.ask(path)));
  }

  private async ask(path: string): Promise<Answer> {
    const answer = await ask(this.catalog, { method: 'GET', path, headers, body: undefined });
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

async function productsOf(catalog: HttpClient, ids: string[]): Promise<ReadonlyMap<string, Product>> {
  const path = `/v1/products/batch?ids=${ids.join(',')}`;
  const { response, text } = await ask(catalog, { method: 'GET', path, headers, body: undefined });
  if (response.status !== 200) throw new UpstreamError('failed', `the catalogue answered ${response.status}`);
  const { items } = JSON.parse(text) as { items: Product[] };
  return new Map(items.map((product) => [product.id, product]));
}
