import { colour } from './colours.js';
import { h } from './dom.js';
import { bytes, clock, count, ms, percent, rate, tail } from './format.js';
import { sparkline } from './sparkline.js';
import { status } from './trace.js';

const service = (name) =>
  h('th', { scope: 'row', class: `service ${colour(name)}` }, h('i', { class: 'dot' }), name);
const number = (text, bad) => h('td', { class: bad ? 'number failed' : 'number' }, text);

function table(caption, heads, rows, none) {
  if (rows.length === 0) return h('p', { class: 'empty' }, none);
  const head = (text) =>
    h('th', { scope: 'col', class: text.startsWith('#') ? 'number' : undefined }, text.replace('#', ''));
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption, 'data-key': caption },
    h(
      'table',
      {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, heads.map(head))),
      h('tbody', {}, rows),
    ),
  );
}

export const ordersTable = (orders) =>
  table(
    'Last orders',
    ['Order', 'Placed', 'State', '#Took', '#Spans', '#Services'],
    orders.map(({ orderId, traceId, placedAt, status: word, durationMs, spans, services }) =>
      h(
        'tr',
        { class: 'open' },
        h(
          'th',
          { scope: 'row' },
          h(
            'a',
            { href: `#/traces/${traceId}`, 'data-key': traceId, title: orderId },
            tail(orderId ?? traceId),
          ),
        ),
        h('td', {}, clock(placedAt)),
        h('td', {}, status(word)),
        number(ms(durationMs)),
        number(count(spans)),
        number(count(services)),
      ),
    ),
    ['No order yet. ', h('code', {}, 'npm run demo'), ' places some.'],
  );

export const servicesTable = (rows) =>
  table(
    'Services',
    [
      'Service',
      '#Requests',
      '#p50',
      '#p95',
      '#5xx',
      '#Messages',
      '#CPU',
      '#Memory',
      '#Loop p99',
      '#Last minutes',
    ],
    rows.map((row) =>
      h(
        'tr',
        {},
        service(row.service),
        number(rate(row.requestsPerSecond)),
        number(ms(row.p50Ms)),
        number(ms(row.p95Ms)),
        number(count(row.errors), row.errors > 0),
        number(rate(row.messagesPerSecond)),
        number(percent(row.cpu)),
        number(row.instances > 1 ? `${bytes(row.memoryBytes)} / ${row.instances}` : bytes(row.memoryBytes)),
        number(ms(row.loopDelayMs)),
        h('td', { class: colour(row.service) }, sparkline(row.history)),
      ),
    ),
    'No metrics yet: services send them every two seconds.',
  );

const kinds = ['http', 'message', 'database'];

export const callsTable = (calls) =>
  table(
    'Calls',
    ['From', 'To', 'By', '#Calls', '#Rate', '#p50', '#p95', '#Failed'],
    calls
      .toSorted(
        (a, b) =>
          kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
          a.from.localeCompare(b.from) ||
          a.to.localeCompare(b.to),
      )
      .map(({ from, to, kind, via, count: calls, perSecond, p50Ms, p95Ms, errors }) =>
        h(
          'tr',
          {},
          service(from),
          h('td', {}, kind === 'database' ? `${to} (database)` : to),
          h('td', { class: 'via', title: via.join('\n') }, kind === 'database' ? 'SQL' : via.join(', ')),
          number(count(calls)),
          number(rate(perSecond)),
          number(ms(p50Ms)),
          number(ms(p95Ms)),
          number(count(errors), errors > 0),
        ),
      ),
    'No call yet.',
  );

export const outboxTable = (rows) =>
  table(
    'Outbox',
    ['Outbox', '#Waiting', '#Oldest', '#Last minutes'],
    rows.map(({ service: name, depth, ageSeconds, history }) =>
      h(
        'tr',
        {},
        service(name),
        number(count(depth), depth > 0 && ageSeconds > 5),
        number(depth > 0 ? ms(ageSeconds * 1_000) : '–', ageSeconds > 5),
        h('td', { class: colour(name) }, sparkline(history)),
      ),
    ),
    'No metrics yet.',
  );

export const lagTable = (rows) =>
  table(
    'Consumer lag',
    ['Group', 'Topic', '#Lag', '#Retrying', '#Parked', '#Last minutes'],
    rows.map(({ group, topic, lag, retrying, deadLetters, history }) =>
      h(
        'tr',
        {},
        service(group),
        h('td', { class: 'via', title: topic }, topic.replace(/^shop\./, '')),
        number(count(lag), lag > 100),
        number(count(retrying), retrying > 0),
        number(count(deadLetters), deadLetters > 0),
        h('td', { class: colour(group) }, sparkline(history)),
      ),
    ),
    'No metrics yet, or no broker to ask.',
  );
