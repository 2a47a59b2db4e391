import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stages } from './stages.ts';

const item = (text: string) => ({ key: text[0]!, type: text[1]!, text });
const byType = ({ type }: { type: string }) => [type];
const shape = (...texts: string[]) =>
  stages(texts.map(item), byType).map(({ handler, items }) => [
    handler,
    items.map(({ text }) => text).join(' '),
  ]);

describe('stages', () => {
  it('hand everything of one handler over at once', () => {
    expect(shape('aX', 'bX', 'aX')).toEqual([['X', 'aX bX aX']]);
  });

  it('gather across other handlers as long as no key is overtaken', () => {
    expect(shape('aX', 'bY', 'cX', 'dY')).toEqual([
      ['X', 'aX cX'],
      ['Y', 'bY dY'],
    ]);
  });

  it('begin anew when a key has been in a later stage', () => {
    expect(shape('aX', 'aY', 'aX', 'bX')).toEqual([
      ['X', 'aX'],
      ['Y', 'aY'],
      ['X', 'aX bX'],
    ]);
  });

  it('give a message with two handlers to both', () => {
    expect(stages([item('aX')], () => ['one', 'two']).map(({ handler }) => handler)).toEqual(['one', 'two']);
  });

  it('keep the order of each key, whatever arrives', () => {
    const arrivals = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('X', 'Y', 'Z')));
    fc.assert(
      fc.property(arrivals, (list) => {
        const items = list.map(([key, type], index) => ({ key, type, index }));
        const handled = stages(items, byType).flatMap((stage) => stage.items);
        expect(handled).toHaveLength(items.length);
        for (const same of Map.groupBy(handled, ({ key }) => key).values()) {
          expect(same.map(({ index }) => index)).toEqual(
            same.map(({ index }) => index).toSorted((a, b) => a - b),
          );
        }
      }),
    );
  });
});
