import { describe, expect, it } from '@jest/globals';
import { noneMatch, withAvailability, withoutAvailability } from './product-etag.ts';

describe('the ETag of a product', () => {
  it('changes with the version and with the availability', () => {
    const etags = [
      withAvailability('"3"', 87),
      withAvailability('"4"', 87),
      withAvailability('"3"', 86),
      withAvailability('"3"', null),
    ];
    expect(new Set(etags).size).toBe(4);
    expect(etags[0]).toBe('"3~87"');
  });

  it.each([
    ['"3~87"', '"3"'],
    ['"3~unknown"', '"3"'],
    ['"3"', '"3"'],
    ['"3~87", "4~0"', '"3", "4"'],
    ['*', '*'],
  ])('becomes the one of the catalogue in If-Match: %s → %s', (ifMatch, forwarded) => {
    expect(withoutAvailability(ifMatch)).toBe(forwarded);
  });

  it.each([
    [undefined, true],
    ['"3~87"', false],
    ['W/"3~87"', false],
    ['"1", "3~87"', false],
    ['*', false],
    ['"3~86"', true],
    ['"3"', true],
  ])('compared with If-None-Match %s: send it again = %s', (ifNoneMatch, send) => {
    expect(noneMatch(ifNoneMatch, '"3~87"')).toBe(send);
  });
});
