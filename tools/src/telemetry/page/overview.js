import { h, renew } from './dom.js';
import { count, ms } from './format.js';
import { serviceMap } from './map.js';
import { callsTable, lagTable, ordersTable, outboxTable, servicesTable } from './tables.js';

const card = (title, name, note) =>
  h(
    'section',
    { class: `card ${name}`, 'aria-label': title },
    h('div', { class: 'card-head' }, h('h2', {}, title), note && h('p', { class: 'note' }, note)),
    h('div', { class: 'body' }),
  );

const legend = () => [
  h('span', { class: 'key http' }, 'HTTP'),
  h('span', { class: 'key message' }, 'Kafka, from send to handling'),
  h('span', {}, 'rate and median'),
];

const total = (values) => values.reduce((sum, value) => sum + (value ?? 0), 0);

/** What somebody who looks in for a second wants to know. */
function tiles({ totals, outboxes, lags, calls }) {
  const failed = total(calls.map(({ errors }) => errors));
  const parked = total(lags.map(({ deadLetters }) => deadLetters));
  const tile = (title, value, note, bad) =>
    h(
      'div',
      { class: 'tile' },
      h('dt', {}, title),
      h('dd', { class: bad ? 'failed' : undefined }, value, ' ', h('small', {}, note)),
    );
  return [
    tile('Orders placed', count(totals.placed), `${count(totals.confirmed)} confirmed`),
    tile('Placed → confirmed', ms(totals.p50Ms), `p95 ${ms(totals.p95Ms)}`),
    tile('In outboxes', count(total(outboxes.map(({ depth }) => depth))), 'messages'),
    tile('Consumer lag', count(total(lags.map(({ lag }) => lag))), 'messages'),
    tile('Dead letters', count(parked), 'parked', parked > 0),
    tile('Failed calls', count(failed), 'errors, 5xx', failed > 0),
  ];
}

/** The first sight; `update` draws what changed. */
export function overviewPage() {
  const cards = {
    map: card('Services and their calls', 'map-card', legend()),
    orders: card('Last orders', 'orders-card', 'open one to follow it'),
    outboxes: card('Outbox', 'outbox-card', 'stored, not sent yet'),
    lags: card('Consumer lag', 'lag-card', 'sent, not handled yet'),
    services: card('Services', 'services-card'),
    calls: card('Calls', 'calls-card'),
  };
  const summary = h('dl', { class: 'tiles' });
  const put = (name, what, draw) => renew(cards[name].querySelector('.body'), what, draw);
  const update = ({ totals, calls, orders, outboxes, lags, services }) => {
    renew(summary, { totals, outboxes, lags, calls }, tiles);
    put('map', calls, (all) =>
      all.some(({ kind }) => kind !== 'database')
        ? serviceMap(all)
        : h(
            'p',
            { class: 'empty' },
            'Waiting for the first request. ',
            h('code', {}, 'npm run demo'),
            ' makes some.',
          ),
    );
    put('orders', orders, ordersTable);
    put('outboxes', outboxes, outboxTable);
    put('lags', lags, lagTable);
    put('services', services, servicesTable);
    put('calls', calls, callsTable);
  };
  const side = h('div', { class: 'side' }, cards.outboxes, cards.lags);
  const nodes = [
    h('h1', { class: 'unseen' }, 'Overview'),
    summary,
    cards.map,
    h('div', { class: 'columns' }, cards.orders, side),
    cards.services,
    cards.calls,
  ];
  return { nodes, update };
}
