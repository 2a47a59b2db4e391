import { optionValues, whole } from '../support/options.ts';

export const usage = `usage: npm run fuzz -- [--requests N] [--seed S] [--only TEXT] [--report FILE]

Sends every endpoint of the API what its OpenAPI document allows and what it does not, and checks each answer: a documented status, no 5xx,
a body that fits its schema. Starts a shop of its own, unless BASE_URL names one; that one is then full of nonsense.
A failure is reduced to the least request that shows it, and printed as a curl command.

--requests N   in all, shared equally by the endpoints; 2000
--seed S       repeats the requests of an earlier run; default: a new one, printed
--only TEXT    only operations whose id contains this: placeOrder, Product, …
--report FILE  writes a report in Markdown

Exit status: 0 nothing found, 1 failures, 2 wrong usage.`;

export interface Options {
  requests: number;
  seed: number;
  only: string;
  report: string | undefined;
}

/** The command that does the same again. */
export const commandFor = ({ requests, seed, only }: Options): string =>
  `npm run fuzz -- --requests ${requests} --seed ${seed}${only && ` --only '${only}'`}`;

export function parseOptions(argv: string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const values = optionValues(argv, { requests: text, seed: text, only: text, report: text });
  if (values.help) return 'help';
  return {
    requests: whole('requests', values.requests ?? '2000', 1, 100_000_000),
    seed: whole('seed', values.seed ?? String(Math.floor(Math.random() * 1e6)), 0, 2 ** 31 - 1),
    only: values.only ?? '',
    report: values.report,
  };
}
