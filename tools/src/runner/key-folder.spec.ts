import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keyFolder } from './key-folder.ts';
import { root } from './settings.ts';

describe('the keys that sign tokens', () => {
  it('are the local run’s while no other shop is named', async () => {
    expect(await keyFolder({})).toBe(join(root, '.shop'));
  });

  it('are where SHOP_DATA says, also for a shop elsewhere', async () => {
    expect(await keyFolder({ BASE_URL: 'http://shop.test', SHOP_DATA: '/keys' })).toBe('/keys');
  });
});
