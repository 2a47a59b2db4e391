/** A page in Markdown, by its path from the root. */
export interface Page {
  path: string;
  text: string;
}

const link = /!?\[(?:[^\]\\]|\\.)*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;

/** Relative links that lead nowhere: to no file of the repository, or to no heading of a page. */
export function brokenLinks(pages: Page[], exists: (path: string) => boolean): string[] {
  const anchors = new Map(pages.map(({ path, text }) => [path, headings(text)]));
  return pages.flatMap(({ path, text }) =>
    targetsIn(text).flatMap(({ line, target }) => {
      const [file, fragment] = target.split('#') as [string, string | undefined];
      const to = file ? resolvePath(path, decodeURI(file)) : path;
      if (!exists(to)) return [`${path}:${line}: ${target} does not exist`];
      const known = anchors.get(to);
      if (!fragment || !known || known.has(fragment)) return [];
      return [`${path}:${line}: ${target} is no heading of ${to}`];
    }),
  );
}

function targetsIn(text: string): { line: number; target: string }[] {
  return withoutCode(text)
    .split('\n')
    .flatMap((content, index) =>
      [...content.matchAll(link)].map(([, target]) => ({ line: index + 1, target: target! })),
    )
    .filter(({ target }) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/** Keeps the lines, so that they can be counted. */
const withoutCode = (text: string): string =>
  text
    .replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replaceAll(/[^\n]/g, ''))
    .replaceAll(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code));

/** As GitHub makes them: lower case, without punctuation, hyphens for spaces, numbered when repeated. */
function headings(text: string): Set<string> {
  const seen = new Map<string, number>();
  const slugs = [...withoutFences(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, title]) => {
    const slug = title!
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count ? `${slug}-${count}` : slug;
  });
  return new Set(slugs);
}

const withoutFences = (text: string) => text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '');

function resolvePath(from: string, to: string): string {
  const parts = to.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of to.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
