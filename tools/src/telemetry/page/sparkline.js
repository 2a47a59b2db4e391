import { s } from './dom.js';

const WIDTH = 120;
const HEIGHT = 24;

/** A small chart of the last minutes; a gap where nothing is known. */
export function sparkline(values) {
  const most = Math.max(1e-9, ...values.filter((value) => value !== null));
  const step = WIDTH / Math.max(1, values.length - 1);
  const at = (value, index) =>
    `${(index * step).toFixed(1)} ${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`;
  let line = '';
  let gap = true;
  for (const [index, value] of values.entries()) {
    if (value !== null) line += `${gap ? 'M' : 'L'}${at(value, index)}`;
    gap = value === null;
  }
  const whole = values.length > 0 && !values.includes(null);
  return s(
    'svg',
    { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    whole && s('path', { class: 'spark-area', d: `${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z` }),
    s('path', { class: 'spark-line', d: line || 'M0 0' }),
  );
}
