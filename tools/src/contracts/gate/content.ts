import { isObject, type JsonObject } from '../json.ts';
import { schemaFindings } from './compare.ts';
import type { Pair } from './http-changes.ts';
import type { Direction, Finding } from './rules.ts';

/** What breaks in the bodies of a request or an answer, by media type. */
export function contentFindings(
  direction: Direction,
  { document, where, before, after, was, is }: Pair,
): Finding[] {
  const [known, now] = [contentOf(was), contentOf(is)];
  return Object.entries(known).flatMap(([media, old]): Finding[] => {
    const next = now[media];
    if (!isObject(next))
      return [{ rule: 'media-removed', document, where, what: `${media} is not there any more` }];
    return schemaFindings(direction, {
      document,
      where,
      before: { document: before, schema: (old as JsonObject)['schema'] },
      after: { document: after, schema: next['schema'] },
    });
  });
}

const contentOf = ({ content }: JsonObject): JsonObject => (isObject(content) ? content : {});
