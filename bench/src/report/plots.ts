import { linear, logarithmic, short } from './scale.ts';
import { colourOf, document, dot, legend, line, polyline, rect, text } from './svg.ts';

const WIDTH = 720;
const LEFT = 70;
const RIGHT = 24;
const INNER = WIDTH - LEFT - RIGHT;

interface Titled {
  title: string;
  /** The axis of values, with its unit. */
  values: string;
}

export interface Series {
  name: string;
  points: [x: number, y: number][];
}

/** Lines over two axes. */
export function lines(
  { title, values, across, log = false }: Titled & { across: string; log?: boolean },
  series: Series[],
): string {
  const [top, bottom] = [64, 314];
  const all = series.flatMap(({ points }) => points);
  const xs = all.map(([x]) => x);
  const [horizontal, vertical] = [log ? logarithmic(xs) : linear(xs), linear(all.map(([, y]) => y))];
  const x = (value: number) => LEFT + horizontal.at(value) * INNER;
  const y = (value: number) => bottom - vertical.at(value) * (bottom - top);
  return document({ title, width: WIDTH, height: 366 }, [
    ...legend(
      series.map(({ name }) => name),
      LEFT,
      46,
      INNER,
    ),
    ...vertical.ticks.flatMap((tick) => [
      line(LEFT, y(tick), WIDTH - RIGHT, y(tick), { class: 'grid' }),
      text(LEFT - 8, y(tick) + 4, short(tick), { 'text-anchor': 'end', class: 'dim' }),
    ]),
    ...horizontal.ticks.map((tick) =>
      text(x(tick), bottom + 18, short(tick), { 'text-anchor': 'middle', class: 'dim' }),
    ),
    line(LEFT, bottom, WIDTH - RIGHT, bottom),
    text(LEFT + INNER / 2, bottom + 40, across, { 'text-anchor': 'middle' }),
    sideways(values, (top + bottom) / 2),
    ...series.flatMap(({ points }, index) => {
      const placed = points.map(([px, py]): [number, number] => [x(px), y(py)]);
      const colour = colourOf(index);
      return [polyline(placed, colour), ...placed.map(([px, py]) => dot(px, py, colour))];
    }),
  ]);
}

export interface Group {
  name: string;
  /** By series. */
  values: Record<string, number>;
}

/** Upright bars side by side, in groups. */
export function bars({ title, values }: Titled, groups: Group[]): string {
  const [top, bottom] = [64, 314];
  const names = seriesOf(groups);
  const vertical = linear(groups.flatMap((group) => Object.values(group.values)));
  const y = (value: number) => bottom - vertical.at(value) * (bottom - top);
  const band = INNER / groups.length;
  const bar = Math.min(46, (band * 0.8) / names.length);
  return document({ title, width: WIDTH, height: 350 }, [
    ...legend(names, LEFT, 46, INNER),
    ...vertical.ticks.flatMap((tick) => [
      line(LEFT, y(tick), WIDTH - RIGHT, y(tick), { class: 'grid' }),
      text(LEFT - 8, y(tick) + 4, short(tick), { 'text-anchor': 'end', class: 'dim' }),
    ]),
    line(LEFT, bottom, WIDTH - RIGHT, bottom),
    sideways(values, (top + bottom) / 2),
    ...groups.flatMap((group, place) => {
      const middle = LEFT + band * (place + 0.5);
      return [
        text(middle, bottom + 18, group.name, { 'text-anchor': 'middle' }),
        ...names.flatMap((name, index) => {
          const value = group.values[name];
          if (value === undefined || !Number.isFinite(value)) return [];
          const left = middle + (index - names.length / 2) * bar;
          return [
            rect(left + 1, y(value), bar - 2, bottom - y(value), colourOf(index)),
            text(left + bar / 2, y(value) - 4, short(value), {
              'text-anchor': 'middle',
              class: 'dim',
              'font-size': 10,
            }),
          ];
        }),
      ];
    }),
  ]);
}

/** Lying bars, each of which is the sum of its parts. */
export function stacks({ title, values }: Titled, groups: Group[]): string {
  const [top, row] = [84, 34];
  const left = 190;
  const names = seriesOf(groups);
  const sums = groups.map((group) => Object.values(group.values).reduce((sum, value) => sum + value, 0));
  const horizontal = linear(sums);
  const x = (value: number) => left + horizontal.at(value) * (WIDTH - left - 60);
  const bottom = top + groups.length * row;
  return document({ title, width: WIDTH, height: bottom + 54 }, [
    ...legend(names, 16, 46, WIDTH - 32),
    ...horizontal.ticks.flatMap((tick) => [
      line(x(tick), top, x(tick), bottom, { class: 'grid' }),
      text(x(tick), bottom + 16, short(tick), { 'text-anchor': 'middle', class: 'dim' }),
    ]),
    line(left, top, left, bottom),
    text((left + WIDTH - 60) / 2, bottom + 38, values, { 'text-anchor': 'middle' }),
    ...groups.flatMap((group, place) => {
      const y = top + place * row + 6;
      let from = 0;
      const parts = names.flatMap((name, index) => {
        const [start, value] = [from, group.values[name] ?? 0];
        from += value;
        return value > 0 ? [rect(x(start), y, x(from) - x(start), row - 12, colourOf(index))] : [];
      });
      return [
        text(left - 8, y + 15, group.name, { 'text-anchor': 'end' }),
        ...parts,
        text(x(from) + 6, y + 15, short(from), { class: 'dim' }),
      ];
    }),
  ]);
}

const seriesOf = (groups: Group[]): string[] => [
  ...new Set(groups.flatMap((group) => Object.keys(group.values))),
];

const sideways = (label: string, middle: number): string =>
  text(18, middle, label, { 'text-anchor': 'middle', transform: `rotate(-90 18 ${middle})` });
