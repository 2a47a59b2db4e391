/** Reads a test, or all of a folder; undefined when there is neither. */
export type TextOf = (path: string) => string | undefined;

const row = /^\| (?<threat>[^|]+) \| [^|]+ \| (?<tests>[^|]+) \|$/;
const link = /\[[^\]]+\]\(\.\.\/(?<path>[^)#]+)\)/g;
const sentence = /"(?<text>[^"]+)"/g;

/** Threats of docs/threats.md whose test is not named, or does not say what the page says it does. */
export function untestedThreats(page: string, textOf: TextOf): string[] {
  return page.split('\n').flatMap((line, index) => {
    const { threat, tests } = row.exec(line)?.groups ?? {};
    if (!threat || !tests || threat.trim() === 'Threat' || threat.startsWith('---')) return [];
    const at = `docs/threats.md:${index + 1}`;
    const paths = [...tests.matchAll(link)].map(({ groups }) => groups!['path']!);
    if (paths.length === 0) return [`${at}: no test of "${threat.trim()}" is named`];
    const text = paths.map((path) => textOf(path) ?? '').join('\n');
    return [...tests.matchAll(sentence)]
      .map(({ groups }) => groups!['text']!)
      .filter((said) => !isIn(text, said))
      .map((said) => `${at}: "${said}" is in none of ${paths.join(', ')}`);
  });
}

/** A title may be put together of a table's cells, so its words are looked for, not their order. */
const isIn = (text: string, said: string): boolean => {
  const known = wordsOf(text);
  return [...wordsOf(said)].every((word) => known.has(word));
};

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
