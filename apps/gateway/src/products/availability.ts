import type { StockLevels } from '@shop/contracts';
import { circuitBreaker, compose, timeout, type HttpClient, type Policy } from '@shop/resilience';

export type Available = ReadonlyMap<string, number>;

/** Asks inventory what can be ordered now. It never fails: while inventory does not answer, nothing is known. */
export class Availability {
  private readonly policy: Policy;

  /** A product waits at most `patienceMs` to be told how many of it there are. */
  constructor(
    private readonly inventory: HttpClient,
    patienceMs: number,
  ) {
    this.policy = compose(circuitBreaker({ name: 'availability' }), timeout(patienceMs));
  }

  async of(ids: readonly string[]): Promise<Available> {
    if (ids.length === 0) return new Map();
    try {
      const { items } = await this.policy((signal) => this.levels(ids, signal));
      const known = new Map(items.map((level) => [level.productId, level.available]));
      return new Map(ids.map((id) => [id, known.get(id) ?? 0]));
    } catch {
      return new Map();
    }
  }

  private async levels(ids: readonly string[], signal: AbortSignal): Promise<StockLevels> {
    const response = await this.inventory.request({
      method: 'GET',
      path: `/v1/stock?ids=${ids.join(',')}`,
      signal,
    });
    if (response.status !== 200) throw new Error(`inventory answered ${response.status}`);
    return response.json<StockLevels>();
  }
}
