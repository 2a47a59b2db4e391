import { type Lockfile, thirdParty } from './lockfile.ts';

/** Licences (SPDX) that let the shop be used, changed and sold by anybody. */
const allowed = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'Unlicense',
  ],
  ...['CC0-1.0', 'Python-2.0'],
  // Data (which browsers know what), not code.
  'CC-BY-4.0',
]);

/** Packages that say it in the old way, which npm does not copy into the lockfile; read in their LICENSE files. */
const readByHand: Record<string, string> = { ssh2: 'MIT', 'cpu-features': 'MIT', buildcheck: 'MIT' };

/** Packages under a licence that is not on the list, or that name none. */
export const forbiddenLicences = (lockfile: Lockfile): string[] =>
  thirdParty(lockfile).flatMap(({ path, name, license }) => {
    const licence = license ?? readByHand[name];
    if (!licence) return [`${path}: names no licence; read it, and put it into tools/src/checks/licences.ts`];
    return fits(licence) ? [] : [`${path}: ${licence}`];
  });

/** An expression of SPDX without parentheses inside: one of the alternatives must be allowed as a whole. */
const fits = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => allowed.has(licence)));
