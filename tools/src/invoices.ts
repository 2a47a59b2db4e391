import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expectNoArguments } from './runner/arguments.ts';
import { telemetry } from './runner/environment.ts';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { runCommand } from './runner/run-command.ts';
import { dataFolder, places, root, StartError } from './runner/settings.ts';
import { readState } from './runner/state.ts';

expectNoArguments(`usage: npm run invoices

Writes the invoices that are due: runs order-invoice as the job that a platform would start when orders wait for it, until nothing is left.
Needs a running shop (npm start). SHOP_DATA is the shop's data folder; .shop`);

const dataDir = dataFolder();
const { invoices } = places(dataDir);
const progress = terminalProgress();

const documents = (): number => {
  const folders = ['invoices', 'credit-notes'].map((name) => join(invoices, name));
  return folders.flatMap(filesIn).filter((name) => name.endsWith('.pdf')).length;
};

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The job's log. */
function run(): Promise<string> {
  const state = readState(dataDir);
  if (!state) throw new StartError('no shop runs here; start one with npm start');
  const main = join(root, 'apps', 'order-invoice', 'dist', 'main.js');
  return runCommand('order-invoice', process.execPath, ['--import', '@shop/tracing/preload', main], {
    ...process.env,
    ...telemetry(state.collectorUrl ? { url: state.collectorUrl, page: false } : undefined),
    NODE_COMPILE_CACHE: places(dataDir).compileCache,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    OTEL_SERVICE_NAME: 'order-invoice',
    HOST: '127.0.0.1',
    PORT: '0',
    KAFKA_BROKERS: state.brokers.join(','),
    INVOICE_DIR: invoices,
    RUN_AS: 'job',
    JOB_IDLE_MS: '1000',
  });
}

try {
  await progress.step('order-invoice', async (note) => {
    const before = documents();
    const log = await run();
    const [, first] = /"startup_ms":(\d+),"msg":"the first message/.exec(log) ?? [];
    note(`${documents() - before} new${first ? `, the first message after ${first} ms` : ''}`);
  });
  progress.line(`\n  ${documents()} documents in ${relative(process.cwd(), invoices) || invoices}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`\n${paint.red(error.message)}\n`);
  process.exitCode = 1;
}
