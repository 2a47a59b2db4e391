/** What a file says about one product, before anybody has looked at it; `faults` when it cannot even be read. */
export interface FileRecord {
  line: number;
  fields: { [column: string]: unknown };
  faults: string[];
}

export const columns = ['sku', 'name', 'description', 'category', 'price', 'currency', 'stock'] as const;

/** Every way in which the columns differ from those that are expected. */
export function columnFaults(given: readonly string[]): string[] {
  const twice = new Set(given.filter((name, index) => given.indexOf(name) < index));
  return [
    ...columns.filter((name) => !given.includes(name)).map((name) => `column ${name} is missing`),
    ...[...new Set(given)]
      .filter((name) => !(columns as readonly string[]).includes(name))
      .map((name) => `column ${name || '(no name)'} is unknown`),
    ...[...twice].map((name) => `column ${name} appears twice`),
  ];
}
