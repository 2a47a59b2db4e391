import { deepStrictEqual } from 'node:assert/strict';
import { startOpponent } from '../lab/opponent.ts';
import { fillCatalogue, searches } from '../lab/products.ts';
import { type Answers, answersOf } from '../measure/answers.ts';
import type { Bench } from './bench.ts';

const kinds = ['list', 'product', 'search'] as const;
const targets = ['bare', 'direct', 'gateway'] as const;
export type Kind = (typeof kinds)[number];
export type Target = (typeof targets)[number];

export interface CatalogueResult {
  products: number;
  /** Each kind of request against bare Fastify + pg, the catalogue itself, and the catalogue behind the gateway. */
  answers: Record<Kind, Record<Target, Answers>>;
}

/** As many callers wait for an answer at any time. */
const CONNECTIONS = 32;

export async function catalogue(bench: Bench): Promise<CatalogueResult[]> {
  const { shop, effort, progress } = bench;
  const bare = await startOpponent(shop, 'catalogue', { DATABASE_URL: shop.databaseUrl('catalog') });
  try {
    const results: CatalogueResult[] = [];
    const urls = { bare: bare.url, direct: shop.urls.catalog, gateway: shop.gatewayUrl };
    for (const products of effort.catalogueSizes) {
      const answers = await progress.step('Catalogue', async (note) => {
        note(`filling in ${products} products`);
        const ids = await fillCatalogue(shop, products);
        await sameAnswers(urls, pathsOf(ids));
        if (results.length === 0) await warmUp(bench, urls, pathsOf(ids), note);
        const measured = await measure(bench, urls, pathsOf(ids), note);
        note(`${products} products`);
        return measured;
      });
      results.push({ products, answers });
    }
    return results;
  } finally {
    await bare.stop();
  }
}

const pathsOf = (ids: string[]): Record<Kind, string[]> => ({
  list: ['/v1/products?limit=20'],
  product: ids.map((id) => `/v1/products/${id}`),
  search: searches.map((words) => `/v1/products?limit=20&query=${encodeURIComponent(words)}`),
});

/** All kinds in turn, so that each process has compiled what it needs before any is measured. */
async function warmUp(
  { load, effort }: Bench,
  urls: Record<Target, string>,
  paths: Record<Kind, string[]>,
  note: (text: string) => void,
): Promise<void> {
  note('warming up');
  const mixed = Array.from({ length: 300 }, (_, index) =>
    kinds.map((kind) => paths[kind][index % paths[kind].length]!),
  ).flat();
  for (const target of targets) {
    const stream = { name: target, url: urls[target], method: 'GET' as const, paths: mixed };
    await load.run({
      seconds: effort.warmUpSeconds / 2,
      streams: [{ ...stream, pace: { connections: CONNECTIONS } }],
    });
  }
}

/** Rounds, so that whatever else the machine does meanwhile falls on all three alike. */
async function measure(
  { load, effort }: Bench,
  urls: Record<Target, string>,
  paths: Record<Kind, string[]>,
  note: (text: string) => void,
): Promise<Record<Kind, Record<Target, Answers>>> {
  const run = async (kind: Kind, target: Target, seconds: number) => {
    note(`${kind}, ${target}`);
    const stream = { name: kind, url: urls[target], method: 'GET' as const, paths: paths[kind] };
    const result = await load.run({ seconds, streams: [{ ...stream, pace: { connections: CONNECTIONS } }] });
    return answersOf(result.streams[0]!, seconds);
  };
  const result = {} as Record<Kind, Record<Target, Answers>>;
  for (const kind of kinds) {
    const rounds: Record<Target, Answers[]> = { bare: [], direct: [], gateway: [] };
    for (let round = 0; round < effort.rounds; round++)
      for (const target of targets) rounds[target].push(await run(kind, target, effort.catalogueSeconds));
    result[kind] = {
      bare: median(rounds.bare),
      direct: median(rounds.direct),
      gateway: median(rounds.gateway),
    };
  }
  return result;
}

const median = (rounds: Answers[]): Answers =>
  rounds.toSorted((a, b) => a.okPerSecond - b.okPerSecond)[Math.floor(rounds.length / 2)]!;

/** What answers something else would be no opponent. The cursor is the shop's own, and availability the gateway's. */
async function sameAnswers(urls: Record<Target, string>, paths: Record<Kind, string[]>): Promise<void> {
  for (const kind of kinds) {
    const [path = ''] = paths[kind];
    const [bare, direct] = await Promise.all(
      [urls.bare, urls.direct].map(async (url) => {
        const answer = (await (await fetch(url + path)).json()) as { nextCursor?: string };
        return { ...answer, nextCursor: Boolean(answer.nextCursor) };
      }),
    );
    deepStrictEqual(bare, direct, `the bare catalogue answers ${path} otherwise than the shop`);
  }
}
