import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { overlayNames } from './manifests/build.ts';
import { commitIn, imagesIn, type Released, releasedIn, runs, withReleased } from './release/images-line.ts';
import { root } from './runner/settings.ts';

const help = `usage: npm run release -- OVERLAY --commit COMMIT IMAGE@sha256:…
       npm run release -- OVERLAY --from OTHER
       npm run --silent release -- OVERLAY --show

Writes into an overlay of k8s/overlays which images it runs, by digest, and from which commit they were built.

--commit COMMIT  of the images named, such as ghcr.io/owner/shop/orders@sha256:…
--from OTHER     the images that another overlay runs: a promotion from staging to production
--show           only say from which commit its images are; nothing where none was written yet

Exit codes: 0 written, 2 wrong usage or an image that the overlay does not run.`;

const fileOf = (overlay: string): string => join(root, 'k8s/overlays', overlay, 'kustomization.yaml');

try {
  main();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${help}`);
  process.exitCode = 2;
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      commit: { type: 'string' },
      from: { type: 'string' },
      show: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(help);
  const [overlay = '', ...images] = positionals;
  if (values.show) return console.log(commitIn(textOf(overlay)) ?? '');
  if (values.from !== undefined) return promote(overlay, values.from);
  if (!values.commit || images.length === 0) throw new TypeError('name the commit, and the images of it');
  write(overlay, images.map(releasedIn), values.commit);
}

/** What the other runs of the images that this one has. */
function promote(overlay: string, other: string): void {
  const text = textOf(other);
  const commit = commitIn(text);
  if (!commit) throw new TypeError(`${other} runs nothing that the pipeline has written`);
  const own = textOf(overlay);
  const wanted = imagesIn(text).filter(({ image }) => runs(own, image));
  write(overlay, wanted, commit);
}

function textOf(overlay: string): string {
  if (!overlayNames(root).includes(overlay))
    throw new TypeError(`there is no overlay "${overlay}"; there are ${overlayNames(root).join(', ')}`);
  return readFileSync(fileOf(overlay), 'utf8');
}

function write(overlay: string, released: readonly Released[], commit: string): void {
  writeFileSync(fileOf(overlay), withReleased(textOf(overlay), released, commit));
  for (const { image, digest } of released) console.log(`${overlay}: ${image} ${digest}`);
}
