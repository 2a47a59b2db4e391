import { gaps, type Gap, type Side } from './gaps.ts';
import type { Direction, Finding } from './rules.ts';

/** A place in a contract, before and after. */
export interface Place {
  document: string;
  where: string;
  before: Side;
  after: Side;
}

/** Requests may become looser, answers richer; messages lie in topics, so that old ones meet new code and new ones old code. */
export function schemaFindings(direction: Direction, { document, where, before, after }: Place): Finding[] {
  const finding = ({ kind, pointer }: Gap, was: string, is: string): Finding => ({
    rule: `${direction}-${kind}`,
    document,
    where: `${where}${pointer}`,
    what: `was ${was}, is ${is}`,
  });
  const taken = (strictness: Parameters<typeof gaps>[2]) =>
    gaps(before, after, strictness).map((gap) => finding(gap, gap.from, gap.to));
  const given = (strictness: Parameters<typeof gaps>[2]) =>
    gaps(after, before, strictness).map((gap) => finding(gap, gap.to, gap.from));
  if (direction === 'request') return taken({ extra: 'always', absent: 'if-required' });
  if (direction === 'answer') return given({ extra: 'never', absent: 'always' });
  return [
    ...taken({ extra: 'if-closed', absent: 'if-required' }),
    ...given({ extra: 'if-closed', absent: 'always' }),
  ].filter(
    // A changed type or value is a gap both ways.
    (one, index, all) =>
      all.findIndex((other) => other.where === one.where && other.what === one.what) === index,
  );
}
