import { colour } from './colours.js';
import { s } from './dom.js';
import { ms, rate } from './format.js';
import { columnsOf } from './layout.js';

const NODE = { width: 158, height: 62 };
const GAP = { x: 118, y: 54 };
const MARGIN = 24;

/** The services and who reaches whom, drawn from the calls. */
export function serviceMap(calls) {
  const { columns, edges } = columnsOf(calls);
  const tallest = Math.max(...columns.map((column) => column.length));
  const height = tallest * (NODE.height + GAP.y) - GAP.y + 2 * MARGIN;
  const width = columns.length * (NODE.width + GAP.x) - GAP.x + 2 * MARGIN;
  const places = new Map(
    columns.flatMap((column, x) => {
      const top = (height - column.length * (NODE.height + GAP.y) + GAP.y) / 2;
      return column.map((node, y) => [
        node,
        { column: x, x: MARGIN + x * (NODE.width + GAP.x), y: top + y * (NODE.height + GAP.y) },
      ]);
    }),
  );
  const paths = edges.map((call) => ({ call, ...route(places.get(call.from), places.get(call.to)) }));
  return s(
    'svg',
    { class: 'map', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': inWords(edges) },
    s('defs', {}, arrow('arrow'), arrow('arrow-failed')),
    paths.map(line),
    [...places].map(([node, place]) => box(node, place, calls)),
    paths.map(label),
  );
}

const arrow = (id) =>
  s(
    'marker',
    { id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
    s('path', { d: 'M0 0.5L8 4L0 7.5Z' }),
  );

/** From one box to the other. There and back run apart; in one column, down bows to the right and up to the left. */
function route(from, to) {
  const middle = NODE.height / 2;
  if (from.column === to.column) {
    const down = to.y > from.y;
    const far = Math.abs(to.y - from.y) > NODE.height + GAP.y ? 44 : 0;
    const x = from.x + NODE.width / 2 + (down ? 12 : -12);
    const [y1, y2] = down ? [from.y + NODE.height, to.y] : [from.y, to.y + NODE.height];
    if (far) {
      const side = down ? from.x + NODE.width : from.x;
      const bow = side + (down ? far : -far);
      const d = `M${side} ${from.y + middle}C${bow} ${from.y + middle} ${bow} ${to.y + middle} ${side} ${to.y + middle}`;
      return {
        d,
        at: [bow + (down ? -10 : 10), (from.y + to.y) / 2 + middle],
        anchor: down ? 'start' : 'end',
      };
    }
    return {
      d: `M${x} ${y1}L${x} ${y2}`,
      at: [x + (down ? 8 : -8), (y1 + y2) / 2],
      anchor: down ? 'start' : 'end',
    };
  }
  const forth = to.column > from.column;
  const shift = forth ? -9 : 9;
  const [x1, x2] = forth ? [from.x + NODE.width, to.x] : [from.x, to.x + NODE.width];
  const [y1, y2] = [from.y + middle + shift, to.y + middle + shift];
  const bend = (x2 - x1) / 2;
  return {
    d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
    at: [(x1 + x2) / 2, (y1 + y2) / 2 + (forth ? -10 : 12)],
    anchor: 'middle',
  };
}

function line({ call, d }) {
  const state = call.errors > 0 ? 'failed' : call.count > 0 ? 'busy' : 'idle';
  return s(
    'path',
    {
      class: `edge ${call.kind} ${state}`,
      d,
      'marker-end': `url(#arrow${call.errors > 0 ? '-failed' : ''})`,
      // Drawn anew, it goes on where it was.
      style: { 'animation-delay': `-${performance.now() % 1_200}ms` },
    },
    s('title', {}, `${call.from} → ${call.to}: ${call.via.join(', ')}`),
  );
}

function label({ call, at: [x, y], anchor }) {
  if (call.count === 0) return undefined;
  return s(
    'text',
    { class: `edge-label ${call.errors > 0 ? 'failed' : ''}`, x, y, 'text-anchor': anchor },
    `${rate(call.perSecond)} · ${ms(call.p50Ms)}`,
  );
}

function box(node, { x, y }, calls) {
  const asked = calls.filter(({ to, from, kind }) => to === node && from !== node && kind !== 'database');
  const statements = calls.find(({ from, kind }) => from === node && kind === 'database');
  const total = asked.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const rows = [
    node === 'client' ? 'who asks from outside' : `${rate(total)} handled`,
    statements && `${rate(statements.perSecond)} SQL · ${ms(statements.p50Ms)}`,
  ].filter(Boolean);
  return s(
    'g',
    { class: `node ${node === 'client' ? 'outside' : colour(node)}`, transform: `translate(${x} ${y})` },
    s('rect', { class: 'node-box', width: NODE.width, height: NODE.height, rx: 10 }),
    s('rect', { class: 'node-mark', x: 10, y: 12, width: 4, height: NODE.height - 24, rx: 2 }),
    s('text', { class: 'node-name', x: 24, y: rows.length > 1 ? 21 : 27 }, node),
    rows.map((row, index) =>
      s('text', { class: 'node-fact', x: 24, y: (rows.length > 1 ? 37 : 44) + index * 14 }, row),
    ),
  );
}

const inWords = (edges) =>
  `Service map: ${edges.map(({ from, to, kind }) => `${from} to ${to} by ${kind}`).join('; ')}. The table of calls has the numbers.`;
