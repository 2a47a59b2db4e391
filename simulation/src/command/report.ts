import { ends, ENOUGH, faults, neverSeen, tableCoverage } from '../reached/coverage.ts';
import type { Found } from '../schedule/explore.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Tally } from '../schedule/simulation.ts';
import { orderIds, orderName, productIds } from '../shop/names.ts';
import { bold, dim, red, whole } from './text.ts';

/** How orders ended, what befell them, and how much of the saga's table that reached. */
export function coverageReport(tally: Tally): string {
  const { reached, of, missing } = tableCoverage(tally);
  return [
    '',
    ...columns(
      tally,
      ends.map((what) => [what, what.replace('ended ', '')]),
    ),
    '',
    ...columns(
      tally,
      faults.map((what) => [what, what]),
    ),
    '',
    `  ${bold(`${reached} of ${of}`)} pairs of state and input in the saga's table were reached${missing.length > 0 ? '; not:' : ''}`,
    ...missing.map((line) => dim(`    ${line}`)),
  ].join('\n');
}

/** What a run of this size should have seen and has not; empty when it is too small to say. */
export const missed = (tally: Tally, schedules: number): string[] =>
  schedules < ENOUGH ? [] : neverSeen(tally);

function columns(tally: Tally, rows: [what: string, text: string][]): string[] {
  const half = Math.ceil(rows.length / 2);
  const cell = ([what, text]: [string, string]) =>
    `${text.padEnd(38)} ${dim(whole(tally[what] ?? 0).padStart(11))}`;
  return rows.slice(0, half).map((row, index) => {
    const right = rows[half + index];
    return `  ${cell(row)}${right ? `   ${cell(right)}` : ''}`;
  });
}

/** A violation: what is asked for, what happens step by step, and how to repeat it. */
export function violationReport(
  { violation, schedule, history, path }: Found,
  seed: number,
  mutation?: string,
): string {
  const width = String(history.length).length;
  return [
    `${red('✗')} ${bold(violation)}`,
    '',
    '  In the smallest schedule that shows it:',
    ...wishes(schedule).map((line) => `    ${line}`),
    '',
    ...history.map((line, index) => `  ${dim(String(index + 1).padStart(width))}  ${line}`),
    '',
    `  Repeat it: npm run simulate -- --seed ${seed} --path ${path}${mutation ? ` --mutate ${mutation}` : ''}`,
  ].join('\n');
}

const wishes = ({ stock, orders }: Schedule): string[] => [
  `stock ${stock.join(' and ')}`,
  ...orders.map(({ lines, paymentToken }, index) => {
    const wanted = lines.map(
      ({ productId, quantity }) => `${quantity} of product ${productIds.indexOf(productId)}`,
    );
    return `order ${orderName(orderIds[index]!)}: ${wanted.join(', ')} with ${paymentToken}`;
  }),
];
