import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Verdict } from '../checks/verdict.ts';
import { inDigits } from '../progress-line.ts';
import type { Result } from '../run.ts';
import { inSeconds, kindRows, type KindRow, summary } from './tables.ts';

/** The report of a run, to be kept under `docs/`. */
export function markdown(result: Result, command: string): string {
  const broken = result.verdicts.reduce((sum, verdict) => sum + verdict.broken, 0);
  return `# Orders under faults

\`\`\`sh
${command}
\`\`\`

${summary(result)}
**${broken === 0 ? 'No violation.' : `${inDigits(broken)} violations.`}**

Real processes, two replicas of orders, inventory and payments, real PostgreSQL and Kafka, all on one machine: ${machine()}.

## Faults

Recovery is the time until three new orders were confirmed: counted from the fault for what ends by itself (a killed process), from its
end for what lasts (a frozen process, a slow connection). Up to four faults overlap, so one may wait for another.

${table(['Fault', 'Injected', 'Survived', 'Recovery p50', 'max'], kindRows(result.inflicted).map(kindCells))}

## Checks

${table(['Promise', 'Checked', 'Violations'], result.verdicts.map(verdictCells))}
`;
}

const kindCells = ({ kind, injected, survived, p50, max }: KindRow): string[] => [
  kind,
  String(injected),
  String(survived),
  inSeconds(p50),
  inSeconds(max),
];

const verdictCells = ({ promise, checked, broken }: Verdict): string[] => [
  promise,
  inDigits(checked),
  inDigits(broken),
];

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}, Node ${process.version}`;
}

/** Padded, as Prettier writes it. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length), 3),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
