/** The names that a query depends on. */
export interface Names {
  metrics: string[];
  labels: string[];
}

const keywords = ['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan', 'atan2'];
const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const identifier = /[a-zA-Z_:][\w:]*/g;

/** Reads the names from a query that is well formed; whether it is, promtool says. */
export function namesIn(query: string): Names {
  const labels = new Set<string>();
  const rest = query
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\{([^}]*)\}/g, (_, matchers: string) => collect(matchers, labels))
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(grouping, (_, list: string) => collect(list, labels))
    // Functions and numbers are no metrics.
    .replaceAll(/\b[a-z_0-9]+\s*\(/g, '(')
    .replaceAll(/(?<![\w:])\d[\w.]*/g, '');
  const metrics = new Set(rest.match(identifier)?.filter((name) => !keywords.includes(name.toLowerCase())));
  return { metrics: [...metrics], labels: [...labels] };
}

function collect(list: string, labels: Set<string>): string {
  for (const name of list.match(identifier) ?? []) labels.add(name);
  return '';
}
