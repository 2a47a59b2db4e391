import { paint } from '@shop/tools';
import { brokenTokens } from './callers.ts';
import { nameOf } from './operations.ts';
import { type Cell, isGreen, type Row } from './run.ts';

const broken = Object.values(brokenTokens) as string[];
const WIDTH = 10;

/** The table as it was seen, a line per endpoint; the broken tokens share a column. */
export function accessTable(rows: readonly Row[]): string {
  const label = Math.max(...rows.map(({ operation }) => nameOf(operation).length)) + 2;
  const heads = [
    'no token',
    'owner',
    'other',
    'admin',
    'service',
    'no scope',
    `broken ×${broken.length}`,
    'wrong key',
    'right key',
  ];
  const head = paint.dim(`    ${''.padEnd(label)}${heads.map((text) => text.padStart(WIDTH)).join('')}`);
  const apps = [...new Set(rows.map(({ operation }) => operation.app))];
  return apps
    .flatMap((app) => [
      '',
      `  ${paint.bold(app)}${app === 'gateway' ? paint.dim('  the way in') : paint.dim('  asked directly')}`,
      ...rows.filter(({ operation }) => operation.app === app).map((row) => line(row, label)),
    ])
    .toSpliced(0, 0, head)
    .join('\n');
}

function line(row: Row, label: number): string {
  const mark = isGreen(row) ? paint.green('✓') : paint.red('✗');
  const columns = [...row.cells.filter(({ caller }) => !broken.includes(caller.name)).map((cell) => [cell])];
  columns.splice(
    -2,
    0,
    row.cells.filter(({ caller }) => broken.includes(caller.name)),
  );
  return `  ${mark} ${nameOf(row.operation).padEnd(label)}${columns.map(column).join('')}`;
}

function column(cells: Cell[]): string {
  const wrong = cells.filter(({ right }) => !right);
  const [{ status }] = (wrong.length > 0 ? wrong : cells) as [Cell, ...Cell[]];
  const text = (status < 300 ? 'in' : String(status)).padStart(WIDTH);
  return wrong.length > 0 ? paint.red(text) : status < 300 ? paint.green(text) : paint.dim(paint.green(text));
}

/** What was not as it must be, one line each. */
export const faults = (rows: readonly Row[]): string[] =>
  rows.flatMap((row) => {
    const where = `${row.operation.app}: ${nameOf(row.operation)}`;
    const wrong = row.cells.filter(({ right }) => !right);
    return [
      ...wrong.map(
        ({ caller, expected, status }) =>
          `${where}, ${caller.name}: ${expected === 'in' ? 'let in' : expected} expected, ${status} seen`,
      ),
      ...(row.touched ? [`${where}: somebody who is kept out had an effect`] : []),
    ];
  });

export const cellsOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, { cells }) => sum + cells.length, 0);
