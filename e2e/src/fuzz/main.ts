import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  endOnSignals,
  issueToken,
  keyFolder,
  paint,
  type Progress,
  StartError,
  startShop,
  terminalProgress,
} from '@shop/tools';
import { inDigits } from '../faults/progress-line.ts';
import { optionsOrExit } from '../support/options.ts';
import { somethingToKnow } from './known.ts';
import { commandFor, parseOptions, usage } from './options.ts';
import { markdown, summary, told } from './report.ts';
import { documentOf, fuzz, type Result } from './run.ts';
import type { Target } from './send.ts';

interface Place {
  baseUrl: string;
  dataDir: string;
  stop(): Promise<void>;
}

async function shopToFuzz(dataDir: string, signal: AbortSignal): Promise<Place> {
  const named = process.env['BASE_URL'];
  if (named) return { baseUrl: named, dataDir: await keyFolder(), stop: () => Promise.resolve() };
  const shop = await startShop({ dataDir, ports: 'random', tracing: false, progress, signal });
  return { baseUrl: shop.gatewayUrl, dataDir, stop: () => shop.stop() };
}

async function run({ baseUrl, dataDir }: Place): Promise<[Result, Target]> {
  const token = (name: string) => issueToken({ dataDir, name });
  const target = { baseUrl, tokens: { customer: await token('fuzz'), admin: await token('admin') } };
  const document = await documentOf(baseUrl);
  const known = await progress.step('preparing', () => somethingToKnow(target));
  const result = await progress.step('fuzzing', (note) => {
    const begun = performance.now();
    let count = 0;
    return fuzz(target, document, known, options, () => {
      count += 1;
      const rate = count / ((performance.now() - begun) / 1_000);
      note(`${inDigits(count)} of ${inDigits(options.requests)} requests, ${rate.toFixed(0)}/s`);
    });
  });
  return [result, target];
}

const options = optionsOrExit(parseOptions, usage);
const progress: Progress = terminalProgress();
const dataDir = mkdtempSync(join(tmpdir(), 'shop-fuzz-'));
const signal = endOnSignals(dataDir, progress);
const command = commandFor(options);

try {
  progress.line(`\n${paint.bold('fuzz')} ${paint.dim(command)}\n`);
  const place = await shopToFuzz(dataDir, signal);
  try {
    const [result, target] = await run(place);
    progress.line(`\n${summary(result)}\n`);
    for (const failure of result.failures) progress.line(told(failure, target));
    if (options.report) writeFileSync(options.report, markdown(result, command));
    if (result.failures.length > 0) {
      process.exitCode = 1;
      progress.line(`${paint.red(`${result.failures.length} endpoints fail.`)} Again with: ${command}\n`);
    }
  } finally {
    await place.stop();
  }
} catch (error) {
  process.exitCode = signal.aborted ? 130 : 1;
  if (!signal.aborted)
    console.error(
      `\n${paint.red(error instanceof StartError ? error.message : String((error as Error).stack))}`,
    );
}
rmSync(dataDir, { recursive: true, force: true });
process.exit();
