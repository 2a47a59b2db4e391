import { colour } from './colours.js';
import { h } from './dom.js';
import { ms, plural } from './format.js';
import { inOrder } from './tree.js';

/** More than anybody reads, and less than makes a browser slow. */
export const MOST_ROWS = 2_000;
const ARROWS = { server: '⇥', client: '↦', producer: '✉', consumer: '⇤', internal: '·' };

/** Where in a trace a span lies. */
export const part = ({ startMs, durationMs }, { start, total }) => ({
  left: `${((startMs - start) / total) * 100}%`,
  width: `${(durationMs / total) * 100}%`,
});

/** Each span under the one that caused it; pressed, it tells what it knows. */
export function rows(spans, during) {
  const ordered = inOrder(spans);
  const cut = ordered.length - MOST_ROWS;
  return [
    ...ordered.slice(0, MOST_ROWS).map(({ span, depth }) => row(span, depth, during)),
    ...(cut > 0 ? [h('p', { class: 'empty' }, `… and ${plural(cut, 'more span')}`)] : []),
  ];
}

function row(span, depth, during) {
  const details = h('div', { class: 'details', hidden: true });
  const onclick = ({ currentTarget }) => {
    details.hidden = !details.hidden;
    currentTarget.setAttribute('aria-expanded', String(!details.hidden));
    if (details.childElementCount === 0) details.append(facts(span, during));
  };
  const button = { class: 'span', 'aria-expanded': 'false', onclick };
  return h(
    'div',
    { class: `row ${colour(span.service)}`, role: 'listitem' },
    h('button', button, label(span, depth), track(span, during)),
    details,
  );
}

function label(span, depth) {
  const name = nameOf(span);
  return h(
    'span',
    { class: 'span-name', style: { 'padding-left': `${Math.min(depth, 16) * 9}px` }, title: name },
    h('i', { class: 'dot' }),
    h('b', {}, span.service),
    h('span', { class: 'kind', title: span.kind }, ARROWS[span.kind]),
    name,
  );
}

/** The time stands behind the bar, or before it where there is no room. */
function track(span, during) {
  const { left, width } = part(span, during);
  const late = span.startMs - during.start + span.durationMs > during.total * 0.8;
  const style = late ? { right: `calc(100% - ${left})` } : { left: `calc(${left} + ${width})` };
  const failed = span.error ? 'failed' : '';
  return h(
    'span',
    { class: 'track' },
    h('i', { class: `bar ${failed}`, style: { left, width } }),
    h('span', { class: `time ${failed}`, style }, `${ms(span.durationMs)} ${failed}`),
  );
}

/** A statement is known by its text; the names of prepared ones say nothing. */
function nameOf({ name, attributes }) {
  const text = attributes['db.query.text'];
  return typeof text === 'string'
    ? text.replace(/\s+/g, ' ').trim()
    : name.replace(/^(process|send) shop\./, '$1 ');
}

function facts({ spanId, startMs, durationMs, name, kind, error, attributes, links }, { start }) {
  const pairs = [
    ...(error ? [['error', error]] : []),
    ['span', `${name}, ${kind}, ${spanId}`],
    ['time', `${ms(startMs - start)} after the start, ${ms(durationMs)} long`],
    ...Object.entries(attributes).map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ];
  return h(
    'dl',
    {},
    pairs.map(([key, value]) => [h('dt', {}, key), h('dd', {}, value)]),
    links
      .slice(0, 20)
      .map(({ traceId }) => [
        h('dt', {}, 'linked'),
        h('dd', {}, h('a', { href: `#/traces/${traceId}` }, traceId)),
      ]),
  );
}
