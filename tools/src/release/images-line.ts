/** An image that was pushed: `shop/orders` is at `ghcr.io/owner/shop/orders@sha256:…`. */
export interface Released {
  image: string;
  newName: string;
  digest: string;
}

const reference = /^(?:.+\/)?(shop\/[a-z-]+)@(sha256:[0-9a-f]{64})$/;

/** From `ghcr.io/owner/shop/orders@sha256:…`. */
export function releasedIn(text: string): Released {
  const [, image, digest] = reference.exec(text) ?? [];
  if (!image || !digest)
    throw new TypeError(`"${text}" is no image of the shop with its digest, REGISTRY/shop/NAME@sha256:…`);
  return { image, newName: text.slice(0, text.indexOf('@')), digest };
}

/** On one line as a person writes it, on three as we do: with a digest it would be too long for one. */
const entry =
  /^ {2}- (?:\{ name: (shop\/[a-z-]+), newName: \S+ newTag: \S+ \}|name: (shop\/[a-z-]+)\n {4}newName: \S+\n {4}digest: \S+)$/gm;
const written = ({ image, newName, digest }: Released): string =>
  `  - name: ${image}\n    newName: ${newName}\n    digest: ${digest}`;
const origin = /^(# The pipeline writes here what it has built and signed)(?:: from [0-9a-f]{7,40})?\.?$/m;

/** The text of an overlay with these images instead of those that it had, and the commit that they were built from. */
export function withReleased(overlay: string, released: readonly Released[], commit: string): string {
  const left = new Map(released.map((one) => [one.image, one]));
  const text = overlay.replace(entry, (found, onOneLine?: string, onThree?: string) => {
    const image = onOneLine ?? onThree ?? '';
    const one = left.get(image);
    left.delete(image);
    return one ? written(one) : found;
  });
  if (left.size) throw new TypeError(`the overlay names no image ${[...left.keys()].join(', ')}`);
  return text.replace(origin, `$1: from ${commit}`);
}

/** The commit that the images of an overlay were built from; undefined where the pipeline has not written yet. */
export const commitIn = (overlay: string): string | undefined =>
  /^# The pipeline writes .*: from ([0-9a-f]{7,40})$/m.exec(overlay)?.[1];

/** The images that an overlay names by digest, as the pipeline wrote them. */
export const imagesIn = (overlay: string): Released[] =>
  [
    ...overlay.matchAll(/name: (shop\/[a-z-]+)\n {4}newName: (\S+)\n {4}digest: (sha256:[0-9a-f]{64})$/gm),
  ].map(([, image = '', newName = '', digest = '']) => ({ image, newName, digest }));

/** Whether an overlay runs an image, in whichever version. */
export const runs = (overlay: string, image: string): boolean =>
  [`name: ${image},`, `name: ${image}\n`].some((text) => overlay.includes(text));
