import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../runner/settings.ts';
import { gatewayApi, keda, metricsServer, releaseIn } from './addons.ts';

describe('an add-on', () => {
  it.each([gatewayApi, keda, metricsServer])('names one release: $title', ({ folder }) => {
    const text = readFileSync(join(root, folder, 'kustomization.yaml'), 'utf8');
    expect(releaseIn(text)).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('that follows whatever is newest is refused', () => {
    expect(() => releaseIn('- https://github.com/a/b/releases/latest/download/install.yaml')).toThrow(
      'names no release',
    );
  });
});
