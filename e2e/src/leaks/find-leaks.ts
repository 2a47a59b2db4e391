import type { Secret } from './patterns.ts';
import type { Reading } from './places.ts';

/** What may be somewhere, and why. */
export interface Allowance {
  place: RegExp;
  what: string;
  why: string;
}

const AROUND = 60;
const HERE = '\u0000';

/** Tells each secret that was found where it is not allowed, with its surroundings but without itself. */
export function findLeaks(
  readings: readonly Reading[],
  secrets: readonly Secret[],
  allowed: readonly Allowance[],
): string[] {
  const leaks = readings.flatMap(({ place, text }) => {
    const found = secrets.flatMap((secret) => secret.in(text).map((value) => ({ what: secret.what, value })));
    return found
      .filter(({ what }) => !allowed.some((each) => each.what === what && each.place.test(place)))
      .map(({ what, value }) => `${place}: ${what} in ${surroundings(text, value, found)}`);
  });
  return [...new Set(leaks)];
}

function surroundings(
  text: string,
  value: string,
  found: readonly { what: string; value: string }[],
): string {
  // All of them are hidden before anything is cut off, or half of one could stay.
  const longestFirst = found.toSorted((one, other) => other.value.length - one.value.length);
  const masked = longestFirst.reduce(
    (rest, each) => rest.replaceAll(each.value, `${each.value === value ? HERE : ''}‹${each.what}›`),
    text,
  );
  const at = masked.indexOf(HERE);
  return masked.slice(Math.max(0, at - AROUND), at + 2 * AROUND).replaceAll(HERE, '');
}

/** The allowances that nothing made use of: whoever moves data takes them along. */
export const unused = (
  readings: readonly Reading[],
  secrets: readonly Secret[],
  allowed: readonly Allowance[],
): string[] =>
  allowed
    .filter(
      ({ place, what }) =>
        !readings.some(
          (reading) =>
            place.test(reading.place) &&
            secrets.some((secret) => secret.what === what && secret.in(reading.text).length > 0),
        ),
    )
    .map(({ place, what }) => `${what} in ${place.source}`);
