import { describe, expect, it } from '@jest/globals';
import { etagOf, ifMatches, noneMatches } from './etag.ts';

describe('entity tags', () => {
  it('are the quoted version', () => {
    expect(etagOf(3)).toBe('"3"');
  });

  it.each(['"3"', 'W/"3"', '*', '"2", "3"', '"2" ,W/"3"'])('If-None-Match: %s names version 3', (header) => {
    expect(noneMatches(header, 3)).toBe(true);
  });

  it.each([undefined, '', '"4"', '3', '"33"'])('If-None-Match: %s does not', (header) => {
    expect(noneMatches(header, 3)).toBe(false);
  });

  it.each(['"3"', '*', '"2","3"'])('If-Match: %s names version 3', (header) => {
    expect(ifMatches(header, 3)).toBe(true);
  });

  it.each(['W/"3"', '"4"', '3', '""'])('If-Match: %s does not', (header) => {
    expect(ifMatches(header, 3)).toBe(false);
  });
});
