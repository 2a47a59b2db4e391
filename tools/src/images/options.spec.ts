import { describe, expect, it } from '@jest/globals';
import { imageNames, parseOptions } from './options.ts';

describe('the options of npm run images', () => {
  it('are all images, tagged for development, unless told otherwise', () => {
    expect(parseOptions([], {})).toEqual({
      help: false,
      images: imageNames,
      since: undefined,
      list: false,
      twice: false,
      tag: 'dev',
    });
    expect(parseOptions(['orders', 'setup', '--tag', '1.2'], { SHOP_TAG: '1.1' })).toMatchObject({
      images: ['orders', 'setup'],
      tag: '1.2',
    });
  });

  it('compare with origin/main, or what is given', () => {
    expect(parseOptions(['--affected'], {})).toMatchObject({ since: 'origin/main' });
    expect(parseOptions(['--affected', '--base', 'v1', '--list'], {})).toMatchObject({
      since: 'v1',
      list: true,
    });
  });

  it.each([
    [['shop'], 'there is no image "shop"'],
    [['--base', 'v1'], '--base needs --affected'],
    [['orders', '--affected'], 'not both'],
    [['--push'], '--push'],
  ])('refuse %j', (args, message) => {
    expect(() => parseOptions(args, {})).toThrow(message);
  });
});
