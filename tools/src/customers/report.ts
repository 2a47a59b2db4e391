import type { Erasure } from '@shop/contracts';
import { paint } from '../runner/paint.ts';

export interface Erased extends Erasure {
  /** Mails on this machine; undefined where they are elsewhere. */
  mails: number | undefined;
}

type Row = [service: string, what: string, fate: string, why: string];

/** What was deleted and what stays, and why. */
export function report(customer: string, erased: Erased): string {
  const rows = rowsOf(erased);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = ([service, what, fate, why]: Row) => {
    const mark = fate === 'deleted' ? paint.green('✓') : paint.dim('·');
    return `  ${mark} ${paint.bold(service.padEnd(widths[0]!))}  ${what.padEnd(widths[1]!)}  ${fate.padEnd(7)}  ${paint.dim(why)}`;
  };
  return [
    '',
    ...rows.map(line),
    '',
    `  ${paint.dim(`What stays, stays under the id ${customer} alone.`)}`,
    '',
  ].join('\n');
}

const rowsOf = ({ addresses, orders, underWay, mails }: Erased): Row[] => [
  ['orders', counted(addresses, 'shipping address', 'es'), 'deleted', 'needed for nothing after the order'],
  ...(mails === undefined ? [] : [['notifications', counted(mails, 'mail'), 'deleted', 'our copy'] as Row]),
  ...(underWay > 0
    ? [['orders', counted(underWay, 'order'), 'stays', 'under way, with its address'] as Row]
    : []),
  ['orders', `${counted(orders - underWay, 'order')}, timelines`, 'stays', 'the books: article 17 (3) b'],
  ['payments', 'payments, ledger', 'stays', 'the books: article 17 (3) b'],
  ['orders', 'idempotency keys', 'stays', 'no order twice; 24 hours'],
  ['kafka', 'order events', 'stays', 'until the topics’ retention has passed'],
  ...(mails === undefined ? [['notifications', 'mails', 'stays', 'ask the mail server'] as Row] : []),
  ['elsewhere', 'account, payment method', 'stays', 'at the identity and the payment provider: erase there'],
];

const counted = (count: number, noun: string, plural = 's'): string =>
  `${count} ${noun}${count === 1 ? '' : plural}`;
