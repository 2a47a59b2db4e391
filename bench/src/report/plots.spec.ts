import { describe, expect, it } from '@jest/globals';
import { bars, lines, stacks } from './plots.ts';

const tags = (svg: string, name: string) => svg.match(new RegExp(`<${name} `, 'g'))?.length ?? 0;

describe('a plot', () => {
  it('draws each series with its name, and both axes with their units', () => {
    const svg = lines({ title: 'T', across: 'orders offered', values: 'milliseconds' }, [
      {
        name: 'shop',
        points: [
          [1, 1],
          [2, 4],
        ],
      },
      {
        name: 'bare',
        points: [
          [1, 2],
          [2, 3],
        ],
      },
    ]);
    expect(tags(svg, 'polyline')).toBe(2);
    for (const label of ['T', 'shop', 'bare', 'orders offered', 'milliseconds'])
      expect(svg).toContain(`>${label}<`);
  });

  it('draws larger values higher', () => {
    const svg = bars({ title: 'T', values: 'MB' }, [{ name: 'g', values: { small: 10, large: 20 } }]);
    const heights = [...svg.matchAll(/height="([\d.]+)" fill/g)]
      .map(([, height]) => Number(height))
      .filter((height) => height > 12);
    expect(heights[1]).toBeCloseTo(heights[0]! * 2, 0);
  });

  it('leaves out a bar that was not measured', () => {
    const svg = bars({ title: 'T', values: 'MB' }, [{ name: 'g', values: { a: 1, b: Number.NaN } }]);
    expect(svg).not.toContain('NaN');
  });

  it('writes the sum at the end of a stack', () => {
    expect(stacks({ title: 'T', values: 'ms' }, [{ name: 'g', values: { a: 1, b: 2.5 } }])).toContain(
      '>3.5<',
    );
  });

  it('can be read on a dark page, and escapes what it is told', () => {
    const svg = bars({ title: 'a < b & c', values: 'MB' }, [{ name: 'g', values: { a: 1 } }]);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('a &lt; b &amp; c');
  });
});
