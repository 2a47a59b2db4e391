import { describe, expect, it } from '@jest/globals';
import { line, text } from './text.ts';

describe('text for people', () => {
  it('is trimmed', () => {
    expect(text(5).parse(' mug ')).toBe('mug');
  });

  it.each(['', '  ', 'longer', 'a\u0000', 'a\u007f', '\ud83c'])('cannot be %j', (given) => {
    expect(text(5).safeParse(given).success).toBe(false);
    expect(line(5).safeParse(given).success).toBe(false);
  });

  it('may have line breaks where there is room for them', () => {
    expect(text(5).safeParse('a\nb').success).toBe(true);
    expect(line(5).safeParse('a\nb').success).toBe(false);
  });
});
