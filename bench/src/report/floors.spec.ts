import { describe, expect, it } from '@jest/globals';
import { fine } from './figures.ts';
import { type Floor, floorsOf, met } from './floors.ts';
import { floorTable } from './table.ts';
import { someResults } from './results.fixture.ts';

const floor = (title: RegExp): Floor => floorsOf(someResults()).find((one) => title.test(one.title))!;

describe('the floors', () => {
  it('are the ratios of what was measured side by side', () => {
    expect(floor(/of the bare pipeline/)).toMatchObject({ measured: 0.5, from: '250 of 500' });
    expect(met(floor(/of the bare pipeline/))).toBe(false);
    expect(floor(/p50, of bare/).measured).toBeCloseTo(1.2);
    expect(met(floor(/p50, of bare/))).toBe(true);
  });

  it('of the catalogue are those of the worst kind and size', () => {
    expect(floor(/Catalogue alone/)).toMatchObject({
      measured: 0.8,
      from: 'worst of all: search, 100 products',
    });
  });

  it('of tracing compare with tracing off', () => {
    expect(floor(/Tracing 10 %/).measured).toBeCloseTo(0.95);
  });

  it('hold checkout against browsing when there is too much', () => {
    expect(floor(/too much browsing/)).toMatchObject({ measured: 100, atLeast: 25 });
  });

  it('allow a tenth more per order when a million are stored', () => {
    expect(floor(/stored/).measured).toBeCloseTo(1.05);
    expect(met(floor(/stored/))).toBe(true);
  });

  it('are only those whose scenario was measured', () => {
    expect(
      floorsOf({ ...someResults(), checkout: undefined }).some(({ title }) => /bare pipeline/.test(title)),
    ).toBe(false);
  });

  it('that are missed are marked, not hidden', () => {
    const lines = floorTable(floorsOf(someResults())).split('\n');
    expect(lines.find((line) => line.includes('of the bare pipeline'))).toMatch(/✗.*0\.50.*≥ 0\.6/);
    expect(lines.find((line) => line.includes('Warm start'))).toMatch(/✓.*9\.20 s.*≤ 15 s/);
  });

  it('have as many digits as mean something', () => {
    expect([0.254, 12.34, 1_234.5].map(fine)).toEqual(['0.25', '12.3', '1,235']);
  });
});
