import type { Secret } from './patterns.ts';
import type { Reading } from './places.ts';

/** What may be somewhere, and why. */
export interface Allowance {
  place: RegExp;
  what: string;
  why: string;
}

const AROUND = 60;

/** Tells each secret that was found where it is not allowed, with its surroundings but without itself. */
export function findLeaks(
  readings: readonly Reading[],
  secrets: readonly Secret[],
  allowed: readonly Allowance[],
): string[] {
  return readings.flatMap(({ place, text }) => {
    const found = secrets.flatMap((secret) => secret.in(text).map((value) => ({ what: secret.what, value })));
    return found
      .filter(({ what }) => !allowed.some((each) => each.what === what && each.place.test(place)))
      .map(({ what, value }) => `${place}: ${what} in ${surroundings(text, value, found)}`);
  });
}

function surroundings(
  text: string,
  value: string,
  found: readonly { what: string; value: string }[],
): string {
  const at = text.indexOf(value);
  const part = text.slice(Math.max(0, at - AROUND), at + value.length + AROUND);
  const longestFirst = found.toSorted((one, other) => other.value.length - one.value.length);
  return longestFirst.reduce((masked, each) => masked.replaceAll(each.value, `‹${each.what}›`), part);
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
