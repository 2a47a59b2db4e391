import { describe, expect, it } from '@jest/globals';
import { searchWords } from './search-words.ts';

describe('the words of a search', () => {
  it.each([
    ['mug', `'mug':*`],
    ['  Enamel   MUG ', `'enamel':* & 'mug':*`],
    ['pour-over', `'pour':* & 'over':*`],
    ['Café', `'cafe':*`],
    ['MUG-01', `'mug':* & '01':*`],
    [`o'clock & !x | (y:*)`, `'o':* & 'clock':* & 'x':* & 'y':*`],
  ])('of %j are %s', (query, words) => {
    expect(searchWords(query)).toBe(words);
  });

  it.each(['', ' ', '!&|', '–'])('%j has none', (query) => {
    expect(searchWords(query)).toBeUndefined();
  });
});
