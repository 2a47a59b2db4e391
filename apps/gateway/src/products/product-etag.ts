/**
 * The gateway's product is the catalogue's version of it plus how many are available, which changes without a new version.
 * Its ETag therefore names both (`"3~87"`), so that a 304 never keeps a sold-out product in a cache; a precondition is
 * on the catalogue's part alone, so that a sale does not fail an administrator's edit.
 */
export function withAvailability(etag: string, available: number | null): string {
  return etag.replace(/"$/, `~${available ?? 'unknown'}"`);
}

/** An `If-Match` as the catalogue knows it. */
export const withoutAvailability = (ifMatch: string): string => ifMatch.replace(/~(-?\d+|unknown)"/g, '"');

/** The weak comparison of `If-None-Match` (RFC 9110, 13.1.2). */
export function noneMatch(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return true;
  if (ifNoneMatch.trim() === '*') return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return !ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}
