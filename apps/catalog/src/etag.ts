/** The entity tag of a product's version (RFC 9110, 8.8.3). */
export const etagOf = (version: number): string => `"${version}"`;

/** Does an `If-None-Match` name the version? The weak comparison: proxies may have weakened the tag. */
export const noneMatches = (header: string | undefined, version: number): boolean =>
  tags(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etagOf(version));

/** Does an `If-Match` name the version? The strong comparison. */
export const ifMatches = (header: string, version: number): boolean =>
  tags(header).some((tag) => tag === '*' || tag === etagOf(version));

const tags = (header = ''): string[] => header.split(',').map((tag) => tag.trim());
