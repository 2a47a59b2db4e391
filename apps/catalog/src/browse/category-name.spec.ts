import { describe, expect, it } from '@jest/globals';
import { categoryName } from './category-name.ts';

describe('the name of a category', () => {
  it.each([
    ['kitchen', 'Kitchen'],
    ['desk-and-paper', 'Desk and paper'],
  ])('%s is shown as %s', (slug, name) => {
    expect(categoryName(slug)).toBe(name);
  });
});
