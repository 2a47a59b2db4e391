import fc from 'fast-check';

type Path = (string | number)[];

/** What nobody expects where a value belongs. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', ' ', 0, -1, 1.5, 1e21, 2 ** 53, 100, 501, [], {}, [[]], [null]),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '\u202e',
    '１２',
    '\uFEFF1',
    "' OR 1=1--",
    '${jndi:x}',
    '../../etc/passwd',
    '__proto__',
    '%00',
    'a\r\nb: c',
    'NaN',
    '-0',
  ),
  fc.constantFrom('x'.repeat(201), 'é'.repeat(5_000), 'x'.repeat(70_000), Array(1_001).fill(0)),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue(),
);

/** A value of which one part was replaced, taken away, or given company. */
export const spoiled = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(value, fc.nat(), hostile, fc.constantFrom('replace', 'drop', 'add'))
    .map(([whole, where, instead, how]) => {
      const paths = pathsIn(whole);
      return changed(whole, paths[where % paths.length]!, instead, how);
    });

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.map((each, index) => pathsIn(each, [...path, index]))
    : Object.entries(value).map(([key, each]) => pathsIn(each, [...path, key]));
  return [path, ...inner.flat()];
}

function changed(whole: unknown, path: Path, instead: unknown, how: string): unknown {
  const key = path.at(-1);
  if (key === undefined) return how === 'add' && isObject(whole) ? { ...whole, extra: instead } : instead;
  const copy = structuredClone(whole);
  let parent = copy as Record<string, unknown>;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string, unknown>;
  if (how === 'drop' && !Array.isArray(parent)) delete parent[key];
  else if (how === 'add' && isObject(parent[key])) parent[key]['extra'] = instead;
  else parent[key] = instead;
  return copy;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text that is not, or is not quite, the JSON it was. */
export const damaged = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc
    .tuple(
      value.map((whole) => JSON.stringify(whole) ?? ''),
      fc.nat(),
      fc.constantFrom('cut', 'twice', 'deep', 'huge', 'byte', 'empty', 'bare'),
    )
    .map(([json, where, how]) => damages[how](json, where));

const damages = {
  cut: (json: string, where: number) => json.slice(0, where % (json.length + 1)),
  twice: (json: string) => json.replace(/^\{("[^"]*":)/, '{$10,$1'),
  deep: (json: string) => `${'{"a":'.repeat(2_000)}${json}${'}'.repeat(2_000)}`,
  huge: (json: string) => json.replace(/\d+/, '1e400'),
  byte: (json: string, where: number) => {
    const at = where % (json.length + 1);
    return `${json.slice(0, at)}${String.fromCharCode(where % 0x250)}${json.slice(at + 1)}`;
  },
  empty: () => '',
  bare: () => 'null',
};
