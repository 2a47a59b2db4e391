import { paint } from '@shop/tools';
import { table } from '../faults/report/markdown.ts';
import { inDigits } from '../faults/progress-line.ts';
import type { Failure, Result, Row } from './run.ts';
import { curl, type Target } from './send.ts';

const total = (rows: readonly Row[]) => rows.reduce((sum, { requests }) => sum + requests, 0);
const statusesOf = ({ statuses }: Row) =>
  [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${inDigits(count)}`);

/** For a terminal: each endpoint with its requests and answers. */
export function summary({ rows, failures }: Result): string {
  const failed = new Set(failures.map(({ endpoint }) => endpoint));
  const width = Math.max(...rows.map(({ endpoint }) => endpoint.length));
  const lines = rows.map(
    (row) =>
      `${failed.has(row.endpoint) ? paint.red('✗') : paint.green('✓')} ${row.endpoint.padEnd(width)} ${inDigits(row.requests).padStart(8)}   ${paint.dim(statusesOf(row).join('  '))}`,
  );
  return [paint.dim(`  ${'endpoint'.padEnd(width)} requests   answers`), ...lines].join('\n');
}

export const told = ({ endpoint, faults, request }: Failure, target: Pick<Target, 'baseUrl'>): string =>
  `${paint.red(endpoint)}\n  ${faults.join('\n  ')}\n\n${curl(target, request)}\n`;

/** The same as a page in Markdown. */
export function markdown({ rows, failures }: Result, command: string): string {
  const verdict =
    failures.length === 0
      ? `**${inDigits(total(rows))} requests, no failure:** no 5xx, no undocumented status, no body that breaks its schema.`
      : `**${failures.length} endpoints fail.**`;
  return `# Fuzzing the API

What \`npm run fuzz\` found the last time it ran long. It reads the gateway's OpenAPI document and sends each endpoint what the document
allows, often with something wrong in one place: a value of another type or beyond its bounds, a field too few or too many, text that is not
quite JSON, a token that is not right, headers that should not be there. Every answer must have a documented status that is not a 5xx
(a 503 that says \`service/overloaded\` is none), a body that fits the schema of that status and media type, a \`code\` if it is a problem,
and an \`X-Trace-Id\`. The end-to-end tests do the same with 2,000 requests.

\`\`\`sh
${command}
\`\`\`

${verdict}

${table(
  ['Endpoint', 'Requests', 'Answers'],
  rows.map((row) => [`\`${row.endpoint}\``, inDigits(row.requests), statusesOf(row).join(', ')]),
)}
`;
}
