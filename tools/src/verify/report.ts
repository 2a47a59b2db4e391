import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../runner/settings.ts';
import type { Outcome } from './line.ts';

export interface Run {
  overlay: string;
  started: Date;
  versions: readonly [what: string, version: string][];
  outcomes: readonly Outcome[];
}

/** From here on the page is written by people, and stays. */
const kept = '## Only validated';

/** Writes what was seen to a page, for people who were not there. */
export async function writeReport(file: string, run: Run): Promise<void> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const rest = before.includes(kept) ? before.slice(before.indexOf(kept)) : '';
  const options = await resolveConfig(file);
  writeFileSync(file, await format(`${page(run)}\n${rest}`, { ...options, filepath: file }));
}

/** The page of a run, as Markdown. */
export function page({ overlay, started, versions, outcomes }: Run): string {
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  const count = outcomes.filter(({ result }) => result === 'seen').length;
  return [
    '# What was seen on a cluster',
    '',
    `\`npm run cluster:verify\` brought \`${relative(root, overlay)}\` into a cluster and looked, on ${started.toISOString().slice(0, 10)}, for ${Math.round(seconds / 60)} minutes: **${count} of ${outcomes.length} lines were seen.** Each line is a check that fails when it is not so; it breaks, calls and counts on a running shop.`,
    '',
    ...tableOf(['Line', 'What it claims', 'What was seen', 'Seconds'], outcomes.map(rowOf)),
    '',
    '## With what',
    '',
    ...tableOf(['', 'Version'], versions),
    '',
  ].join('\n');
}

const rowOf = ({ line, result, words, seconds }: Outcome): string[] => [
  `\`${line.name}\``,
  line.claim,
  result === 'seen' ? words : `**${result}**: ${words}`,
  seconds.toFixed(0),
];

const tableOf = (head: string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`);

const inCell = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
