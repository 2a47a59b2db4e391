/** Hand-written SVG: everything below answers text. */

const colours = [
  '#4269d0',
  '#e8762d',
  '#3ca951',
  '#9c6ade',
  '#d6498f',
  '#8a8f98',
  '#1a9bb0',
  '#b08600',
  '#c7442f',
  '#5b7f95',
];
export const colourOf = (index: number): string => colours[index % colours.length]!;

// Readable on white and on black: the text follows the reader's scheme, the colours are of middling lightness.
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 14px; font-weight: 600; }
  .dim { fill: #57606a; }
  .axis { stroke: #8c959f; fill: none; }
  .grid { stroke: #8c959f; stroke-opacity: 0.25; fill: none; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .dim { fill: #9da7b1; } }`;

export interface Frame {
  title: string;
  width: number;
  height: number;
}

export function document({ title, width, height }: Frame, content: string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}\n</style>`,
    text(16, 22, title, { class: 'title' }),
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

type Attributes = Record<string, string | number>;
const attributes = (given: Attributes): string =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? round(value) : escape(value)}"`)
    .join('');

export const text = (x: number, y: number, content: string, given: Attributes = {}): string =>
  `<text${attributes({ x, y, ...given })}>${escape(content)}</text>`;
export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  given: Attributes = { class: 'axis' },
): string => `<line${attributes({ x1, y1, x2, y2, ...given })}/>`;
export const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect${attributes({ x, y, width: Math.max(0, width), height: Math.max(0, height), fill, rx: 1.5 })}/>`;
export const polyline = (points: [x: number, y: number][], stroke: string): string =>
  `<polyline${attributes({
    points: points.map(([x, y]) => `${round(x)},${round(y)}`).join(' '),
    fill: 'none',
    stroke,
    'stroke-width': 2,
  })}/>`;
export const dot = (x: number, y: number, fill: string): string =>
  `<circle${attributes({ cx: x, cy: y, r: 3, fill })}/>`;

/** Names of the series beside their colours, in rows as wide as the plot. */
export function legend(names: string[], x: number, y: number, width: number): string[] {
  let [left, top] = [x, y];
  return names.flatMap((name, index) => {
    const needed = 26 + name.length * 6.8;
    if (left + needed > x + width) [left, top] = [x, top + 18];
    const entry = [
      rect(left, top - 9, 10, 10, colourOf(index)),
      text(left + 15, top, name, { class: 'dim' }),
    ];
    left += needed;
    return entry;
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
const escape = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
