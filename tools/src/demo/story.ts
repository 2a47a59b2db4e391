import { setTimeout as sleep } from 'node:timers/promises';
import { paint } from '../runner/paint.ts';
import type { CollectedSpan } from '../telemetry/otlp/spans.ts';
import { inWords } from './book.ts';
import { scenarios } from './scenarios.ts';
import { type Outcome, play, type Stage, stockFaults } from './stage.ts';
import { waterfall } from './waterfall.ts';

/** Where traces can be read, and where they are shown. */
interface Telemetry {
  collectorUrl?: string;
  pageUrl?: string;
}

/** Tells all scenarios one after the other, then the path of one order and a summary. Answers whether everything ended as it should. */
export async function tellStory(stage: Stage, telemetry: Telemetry): Promise<boolean> {
  const outcomes: Outcome[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    stage.say(
      `\n${paint.bold(`${index + 1}  ${scenario.title}`)} ${paint.dim(`${scenario.quantity} × ${stage.product.name}, ${scenario.paymentToken}`)}`,
    );
    const outcome = await play(stage, scenario);
    stage.say(`  ${verdictLine(outcome)}`);
    outcomes.push(outcome);
  }
  await showTrace(stage, outcomes[0], telemetry);
  const stock = await stockFaults(stage, outcomes);
  stage.say(`\n${paint.bold('Summary')}\n${summary(outcomes)}`);
  stage.say(
    stock.length > 0
      ? `  ${paint.red(`✗ stock: ${stock.join(', ')}`)}`
      : `  ${paint.green('✓')} stock: exactly what was sold is gone`,
  );
  return stock.length === 0 && outcomes.every(({ faults }) => faults.length === 0);
}

function verdictLine({ order, payments, faults, ms }: Outcome): string {
  if (faults.length > 0) return paint.red(`✗ ${faults.join('; ')}`);
  const reason = order.reason ? ` (${order.reason.code})` : '';
  return `${paint.green('✓')} ${paint.bold(order.status)}${reason} after ${ms} ms; ${bookLine(payments)}`;
}

function bookLine(payments: Outcome['payments']): string {
  if (payments.length === 0) return 'the provider knows of no payment';
  return `the provider's book: ${payments.map(({ state, amount }) => `${state} ${inWords(amount)}`).join(', ')}`;
}

const summary = (outcomes: readonly Outcome[]): string =>
  outcomes
    .map(({ scenario, order, payments, faults, ms }) => {
      const mark = faults.length === 0 ? paint.green('✓') : paint.red('✗');
      const money = payments.map(({ state }) => state).join(', ') || 'no payment';
      return `  ${mark} ${scenario.title.padEnd(34)} ${order.status.padEnd(10)} ${(order.reason?.code ?? '').padEnd(28)} ${money.padEnd(12)} ${paint.dim(`${ms} ms`.padStart(8))}`;
    })
    .join('\n');

async function showTrace(
  { say }: Stage,
  outcome: Outcome | undefined,
  { collectorUrl, pageUrl }: Telemetry,
): Promise<void> {
  if (!outcome) return;
  if (!collectorUrl) {
    const page = `http://localhost:${process.env['JAEGER_PORT'] || 16686}/trace/${outcome.traceId}`;
    return say(`\n${paint.dim('The trace of the first order, where a Jaeger runs:')} ${page}`);
  }
  const spans = await wholeTrace(`${collectorUrl}/traces/${outcome.traceId}`);
  say(
    `\n${paint.bold('The way of the first order through the services')} ${paint.dim(`trace ${outcome.traceId}`)}`,
  );
  say(spans.length > 0 ? waterfall(spans) : paint.dim('  no spans arrived'));
  if (pageUrl) say(paint.dim(`  to look into: ${pageUrl}/#/traces/${outcome.traceId}`));
}

/** Services send their spans in batches: a trace is whole when it has stopped growing. */
async function wholeTrace(url: string): Promise<CollectedSpan[]> {
  let spans: CollectedSpan[] = [];
  for (let steady = 0, round = 0; steady < 3 && round < 20; round += 1) {
    const response = await fetch(url);
    const { spans: latest } = (await response.json()) as { spans: CollectedSpan[] };
    steady = latest.length > 0 && latest.length === spans.length ? steady + 1 : 0;
    spans = latest;
    await sleep(300);
  }
  return spans;
}
