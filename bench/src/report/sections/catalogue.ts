import type { CatalogueResult } from '../../scenarios/catalogue.ts';
import { fine, whole } from '../figures.ts';
import { bars } from '../plots.ts';
import { type Section, table } from '../section.ts';

const labels = { bare: 'bare Fastify + pg', direct: 'catalogue', gateway: 'through the gateway' } as const;
const targets = Object.keys(labels) as (keyof typeof labels)[];

export function catalogueSection(results: CatalogueResult[]): Section {
  const rows = results.flatMap(({ products, answers }) =>
    Object.entries(answers).map(([kind, by]) => [
      `${kind}, ${products.toLocaleString('en')} products`,
      ...targets.map((target) => whole(by[target].okPerSecond)),
      fine(by.direct.okPerSecond / by.bare.okPerSecond),
      fine(by.gateway.okPerSecond / by.bare.okPerSecond),
      ...targets.map((target) => `${fine(by[target].latency.p50)} / ${fine(by[target].latency.p99)}`),
    ]),
  );
  return {
    title: 'Catalogue',
    text: [
      `32 callers ask for a page of 20 products by name, for one of a thousand products, or for two words, and each waits for its answer before
it asks again. Bare is one Fastify process with the catalogue's own SQL on the catalogue's own database, and is checked to give the same
answers. Through the gateway an answer also has the availability of each product, which takes a second request to inventory; callers who ask at the
same time share one question to the catalogue and one to inventory, so the gateway can answer more than the catalogue alone. The three
take turns; the median of the rounds counts. Requests per second:`,
      table(
        [
          '',
          ...targets.map((target) => labels[target]),
          'catalogue ÷ bare',
          'gateway ÷ bare',
          ...targets.map((target) => `${target} p50 / p99 ms`),
        ],
        rows,
      ),
      ...results.map(({ products }) => `![${products} products](catalogue-${products}.svg)`),
    ],
    plots: Object.fromEntries(
      results.map(({ products, answers }) => [
        `catalogue-${products}.svg`,
        bars(
          { title: `Catalogue of ${products.toLocaleString('en')} products`, values: 'requests per second' },
          Object.entries(answers).map(([name, by]) => ({
            name,
            values: Object.fromEntries(targets.map((target) => [labels[target], by[target].okPerSecond])),
          })),
        ),
      ]),
    ),
  };
}
