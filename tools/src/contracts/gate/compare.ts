import { gaps, type Gap, type Side, type Strictness } from './gaps.ts';
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
    where: pointer,
    what: `was ${was}, is ${is}`,
  });
  const compare = (from: Side, to: Side, strictness: Strictness) => {
    try {
      return gaps(from, to, strictness, where);
    } catch (error) {
      throw new Error(`${document}, ${(error as Error).message}`, { cause: error });
    }
  };
  const taken = (strictness: Strictness) =>
    compare(before, after, strictness).map((gap) => finding(gap, gap.from, gap.to));
  const given = (strictness: Strictness) =>
    compare(after, before, strictness).map((gap) => finding(gap, gap.to, gap.from));
  if (direction === 'request') return taken({ extra: 'always', absent: 'if-required', closed: 'always' });
  if (direction === 'answer') return given({ extra: 'never', absent: 'always', closed: 'never' });
  return [
    ...taken({ extra: 'if-closed', absent: 'if-required', closed: 'always' }),
    ...given({ extra: 'if-closed', absent: 'always', closed: 'never' }),
  ].filter(
    // A changed type or value is a gap both ways.
    (one, index, all) =>
      all.findIndex((other) => other.where === one.where && other.what === one.what) === index,
  );
}
