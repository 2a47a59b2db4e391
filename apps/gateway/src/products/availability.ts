import type { StockLevels } from '@shop/contracts';
import { circuitBreaker, compose, timeout, type HttpClient } from '@shop/resilience';
import type { OwnToken } from '@shop/service-kit';
import { Gathered } from './gathered.ts';

export type Available = ReadonlyMap<string, number>;

/** Inventory answers about so many products at once. */
const most = { questions: 2, keys: 100 };

/** Asks inventory what can be ordered now. It never fails: while inventory does not answer, nothing is known. */
export class Availability {
  private readonly levels: Gathered<number>;
  private readonly patience: ReturnType<typeof timeout>;

  /** A product waits at most `patienceMs` to be told how many of it there are. */
  constructor(inventory: HttpClient, own: OwnToken, patienceMs: number) {
    this.patience = timeout(patienceMs);
    const policy = compose(circuitBreaker({ name: 'availability' }), timeout(patienceMs));
    this.levels = new Gathered((ids) => policy((signal) => levelsOf({ inventory, own }, ids, signal)), most);
  }

  async of(ids: readonly string[]): Promise<Available> {
    if (ids.length === 0) return new Map();
    try {
      const known = await this.patience(() => this.levels.of(ids));
      return new Map(ids.map((id) => [id, known.get(id) ?? 0]));
    } catch {
      return new Map();
    }
  }
}

async function levelsOf(
  { inventory, own }: Asking,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Available> {
  const authorization = await own.authorization();
  if (!authorization) throw new Error('there is no token to ask inventory with');
  const path = `/v1/stock?ids=${ids.join(',')}`;
  const response = await inventory.request({ method: 'GET', path, headers: { authorization }, signal });
  if (response.status === 401) own.refused(authorization);
  if (response.status !== 200) throw new Error(`inventory answered ${response.status}`);
  const { items } = await response.json<StockLevels>();
  return new Map(items.map((level) => [level.productId, level.available]));
}

/** Whom to ask, and in whose name: the gateway's own, because one question is for many callers. */
interface Asking {
  inventory: HttpClient;
  own: OwnToken;
}
