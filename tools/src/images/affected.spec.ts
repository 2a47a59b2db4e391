import { describe, expect, it } from '@jest/globals';
import { affectedImages } from './affected.ts';
import { imageNames } from './options.ts';

const nobody = () => Promise.reject(new Error('nobody was to be asked'));

describe('affected images', () => {
  it('are all when what they are built by has changed', async () => {
    for (const file of ['Dockerfile', 'package-lock.json', 'tools/src/images/bundle.ts'])
      expect(await affectedImages([file], nobody)).toEqual([...imageNames]);
  });

  it('are none when only tests and pages have changed', async () => {
    expect(await affectedImages(['apps/orders/src/model/saga.spec.ts', 'README.md'], nobody)).toEqual([]);
  });

  it('are the one that brings the sample catalogue in, when that has changed', async () => {
    expect(await affectedImages(['apps/catalog/data/catalogue.csv'], nobody)).toEqual(['setup']);
  });

  it('are those of the projects that depend on what has changed', async () => {
    const projectsOf = async (files: readonly string[]) => {
      expect(files).toEqual(['libs/messaging/src/inbox.ts']);
      return ['messaging', 'orders', 'tools', 'e2e'];
    };
    const changed = ['libs/messaging/src/inbox.ts', 'libs/messaging/README.md'];
    expect(await affectedImages(changed, projectsOf)).toEqual(['orders', 'setup']);
  });
});
