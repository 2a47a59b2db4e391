import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { imageNames } from '../images/options.ts';
import { root } from '../runner/settings.ts';
import { commitIn, imagesIn, releasedIn, runs, withReleased } from './images-line.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const overlayOf = (name: string) =>
  readFileSync(join(root, 'k8s/overlays', name, 'kustomization.yaml'), 'utf8');

describe('a release', () => {
  it.each(['shop/orders:1.0', 'ghcr.io/owner/shop/orders', `ghcr.io/owner/else@${digest}`])(
    'is not %s',
    (text) => {
      expect(() => releasedIn(text)).toThrow('is no image of the shop');
    },
  );

  it('can write every image of the shop into staging, and again', () => {
    const all = imageNames.map((name) => releasedIn(`ghcr.io/owner/shop/${name}@${digest}`));
    const once = withReleased(overlayOf('staging'), all, 'abcdef0');
    expect(imagesIn(once).map(({ image }) => image)).toHaveLength(imageNames.length);
    expect(withReleased(once, all, 'abcdef0')).toBe(once);
    expect(withReleased(once, [], 'fedcba9')).toMatch(': from fedcba9\n');
  });

  it('changes one image and the commit, and leaves everything else', () => {
    const before = overlayOf('production');
    const after = withReleased(before, [releasedIn(`ghcr.io/owner/shop/orders@${digest}`)], 'abcdef0');
    expect(after).toBe(
      before
        .replace('built and signed.', 'built and signed: from abcdef0')
        .replace(
          '  - { name: shop/orders, newName: registry.example/shop/orders, newTag: 0.1.0 }',
          `  - name: shop/orders\n    newName: ghcr.io/owner/shop/orders\n    digest: ${digest}`,
        ),
    );
    expect(commitIn(before)).toBeUndefined();
    expect(commitIn(after)).toBe('abcdef0');
  });

  it('does not lose an image that the overlay has no line for', () => {
    const sandbox = releasedIn(`ghcr.io/owner/shop/psp-sandbox@${digest}`);
    expect(runs(overlayOf('production'), 'shop/psp-sandbox')).toBe(false);
    expect(runs(overlayOf('staging'), 'shop/psp-sandbox')).toBe(true);
    expect(() => withReleased(overlayOf('production'), [sandbox], 'abcdef0')).toThrow('names no image');
  });
});
