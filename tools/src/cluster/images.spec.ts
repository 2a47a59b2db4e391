import { describe, expect, it } from '@jest/globals';
import { byContent } from './images.ts';

describe('an image', () => {
  it('is named by what is in it', () => {
    const id = 'sha256:0123456789abcdef';
    expect(byContent('shop/orders:dev', id)).toBe('shop/orders:0123456789ab');
    expect(byContent('localhost:5000/shop/orders:dev', id)).toBe('localhost:5000/shop/orders:0123456789ab');
  });

  it('without an id is not guessed at', () => {
    expect(() => byContent('shop/orders:dev', '')).toThrow('as the id of shop/orders:dev');
  });
});
