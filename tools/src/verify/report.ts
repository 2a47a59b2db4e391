import { writeFileSync } from 'node:fs';
import type { Outcome, Stage } from './line.ts';

/** What was seen, for people who were not there. */
export function writeReport(file: string, stage: Stage, outcomes: readonly Outcome[], started: Date): void {
  const rows = outcomes.map(
    ({ line, result, words }) =>
      `| ${line.name} | ${line.claim} | ${result}: ${words.replaceAll('\n', ' ')} |`,
  );
  writeFileSync(file, [`${started.toISOString()} ${stage.overlay}`, ...rows, ''].join('\n'));
}
