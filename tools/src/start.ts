import { relative } from 'node:path';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { dataFolder, port, portsFrom, StartError } from './runner/settings.ts';
import { endOnSignals, raised } from './runner/signals.ts';
import { startShop } from './runner/start-shop.ts';
import { firstSteps, serviceTable } from './runner/table.ts';

const since = performance.now();
const progress = terminalProgress();
const dataDir = dataFolder();
const signal = endOnSignals(dataDir, progress);

try {
  progress.line(
    `\n${paint.bold('shop')} ${paint.dim(`data in ${relative(process.cwd(), dataDir) || dataDir}`)}\n`,
  );
  const tracing = { port: port('OTLP_PORT', process.env['OTLP_PORT'], 4318) };
  const shop = await startShop({
    dataDir,
    ports: portsFrom(process.env),
    seed: true,
    tracing,
    progress,
    signal,
  });
  progress.line(`\n${serviceTable(shop)}\n`);
  progress.line(
    `${paint.green('Ready')} in ${((performance.now() - since) / 1000).toFixed(1)} s. Ctrl-C stops everything.\n`,
  );
  progress.line(firstSteps(shop));
  await raised(signal);
  await shop.stop();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`\n${paint.red(error.message)}\n`);
  process.exitCode = 1;
}
