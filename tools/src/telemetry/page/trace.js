import { colour } from './colours.js';
import { h } from './dom.js';
import { clock, ms, plural, tail } from './format.js';
import { MOST_ROWS, part, rows } from './span-rows.js';
import { extent, inOrder, isStatement, ticks } from './tree.js';

/** One trace: who worked when, and each span under the one that caused it. */
export const traceView = ({ traceId, spans, order }) => [
  h('p', { class: 'back' }, h('a', { href: '#/' }, '← Overview')),
  spans.length > 0 ? known(traceId, spans, order) : unknown(traceId),
];

const unknown = (traceId) => [
  h('h1', {}, 'Trace ', h('code', {}, traceId)),
  h('p', { class: 'empty' }, 'Nothing of it is here: not yet, or no more, to make room for later ones.'),
];

function known(traceId, spans, order) {
  const during = extent(spans);
  const services = [...new Set(spans.map(({ service }) => service))];
  const sizes = `${plural(spans.length, 'span')} of ${plural(services.length, 'service')} in ${ms(during.total)}`;
  const name = order?.orderId ? `Order ${tail(order.orderId)}` : inOrder(spans)[0].span.name;
  return [
    h('h1', {}, name, order && status(order.status)),
    h(
      'p',
      { class: 'facts' },
      `${clock(during.start)} · ${sizes} · ${took(order)}trace `,
      h('code', {}, traceId),
    ),
    card('Who worked when', undefined, ruler(during), lanes(spans, services, during)),
    stepByStep(spans, during),
  ];
}

const card = (title, aside, ...body) =>
  h(
    'section',
    { class: 'card', 'aria-label': title },
    h('div', { class: 'card-head' }, h('h2', {}, title), aside),
    body,
  );

function stepByStep(spans, during) {
  const list = h('div', { class: 'waterfall', role: 'list' });
  const others = spans.filter((span) => !isStatement(span));
  const draw = (all) => list.replaceChildren(...rows(all ? spans : others, during));
  draw(false);
  const statements = spans.length - others.length;
  const onchange = ({ target }) => draw(target.checked);
  const toggle = h(
    'label',
    { class: 'toggle' },
    h('input', { type: 'checkbox', onchange, disabled: statements === 0 }),
    ` with ${plural(statements, 'database statement')}`,
  );
  return card('Step by step', toggle, ruler(during), list);
}

const took = (order) => (order?.durationMs === undefined ? '' : `ended after ${ms(order.durationMs)} · `);

/** The state of an order: a word, and a colour for those who see it. */
export const status = (word) => h('span', { class: `chip ${word.toLowerCase()}` }, word);

const ruler = ({ total }) =>
  h(
    'div',
    { class: 'ruler', 'aria-hidden': 'true' },
    ticks(total).map((at) => h('span', { style: { left: `${(at / total) * 100}%` } }, ms(at))),
  );

const lanes = (spans, services, during) =>
  services.map((service) => {
    const own = spans.filter((span) => span.service === service && !isStatement(span)).slice(0, MOST_ROWS);
    const bar = (span) => h('i', { class: `bar ${span.error ? 'failed' : ''}`, style: part(span, during) });
    return h(
      'div',
      { class: `lane ${colour(service)}` },
      h('span', { class: 'lane-name' }, h('i', { class: 'dot' }), service),
      h('span', { class: 'track' }, own.map(bar)),
    );
  });
