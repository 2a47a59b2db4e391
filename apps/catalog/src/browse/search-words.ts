/**
 * A query as a tsquery: every word must appear, or begin a word that appears. Words are folded as the index folds them;
 * undefined when the query has none.
 */
export function searchWords(query: string): string | undefined {
  const folded = query
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return folded
    .match(/[\p{L}\p{N}]+/gu)
    ?.map((word) => `'${word}':*`)
    .join(' & ');
}
