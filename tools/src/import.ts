import { argumentsOf, type Arguments } from './import/arguments.ts';
import { importCatalogue, type ImportSummary } from './import/import-catalogue.ts';
import { progressLine } from './import/progress-line.ts';
import { administratorToken, defaultGateway } from './runner/administrator.ts';

export { importCatalogue, type ImportOptions, type ImportSummary } from './import/import-catalogue.ts';

const USAGE = `usage: npm run import -- FILE [--gateway URL] [--dry-run]

Brings the products of FILE into a running shop. Repeating it changes nothing that is up to date.

FILE        .csv with a header, or .jsonl with one object per line; UTF-8. All columns are required:
              sku          capital letters, digits and hyphens; the product that a row is about
              name         up to 200 characters
              description  up to 4,000 characters
              category     lower-case letters, digits and hyphens, such as coffee-and-tea
              price        in major units with a decimal point, such as 19.99
              currency     ISO 4217, such as EUR
              stock        units on hand at the start; counted once, later runs leave stock alone
--gateway   default: BASE_URL, else the shop that runs on the data folder, else http://localhost:8080
--dry-run   look at every row, change nothing

Bad rows are listed with their line and every reason; the good ones are imported.
SHOP_TOKEN gives the administrator's token for a shop elsewhere.
Exit status: 0 all rows imported, 1 some were not, 2 wrong usage.`;

async function run({ file, gatewayUrl, dryRun }: Arguments): Promise<number> {
  const progress = progressLine(process.stderr);
  let done = 0;
  const summary = await importCatalogue({
    file,
    gatewayUrl,
    dryRun,
    token: dryRun ? '' : await administratorToken(),
    onProgress: (rows) => progress.tell((done = rows)),
    onBadRow: ({ line, reasons }) => {
      progress.erase();
      console.error(`line ${line}: ${reasons.join('; ')}`);
    },
  }).finally(() => progress.erase());
  console.log(`${dryRun ? `${done} good, ${summary.bad} bad` : words(summary)}: ${progress.total(done)}`);
  return summary.bad > 0 ? 1 : 0;
}

const words = ({ created, updated, unchanged, bad }: ImportSummary): string =>
  `${created} created, ${updated} updated, ${unchanged} unchanged, ${bad} bad`;

async function main(): Promise<number> {
  let given: Arguments | undefined;
  try {
    given = argumentsOf(process.argv.slice(2), defaultGateway);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (!given) {
    console.log(USAGE);
    return 0;
  }
  try {
    return await run(given);
  } catch (error) {
    console.error((error as Error).message);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 2 : 1;
  }
}

if (import.meta.main) process.exitCode = await main();
