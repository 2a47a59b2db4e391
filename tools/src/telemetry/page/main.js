import { renew } from './dom.js';
import { count, percent } from './format.js';
import { overviewPage } from './overview.js';
import { traceView } from './trace.js';

const main = document.querySelector('#main');
const status = document.querySelector('#status');
const kept = document.querySelector('#kept');

/** A trace that ended longer ago is whole. */
const GROWING_MS = 15_000;

let overview;
let page;

function navigate() {
  const [, traceId] = /^#\/traces\/([0-9a-f]{32})$/.exec(location.hash) ?? [];
  page = traceId ? tracePage(traceId) : overviewSight();
  if (overview) page.update(overview);
}

function overviewSight() {
  const { nodes, update } = overviewPage();
  document.title = 'Shop telemetry';
  main.replaceChildren(...nodes);
  return { update };
}

/** Looks again as long as the trace may grow. */
function tracePage(traceId) {
  main.replaceChildren();
  const container = document.createElement('div');
  main.append(container);
  document.title = `Trace ${traceId.slice(0, 8)} · Shop telemetry`;
  let looking = false;
  let whole = false;
  const look = async ({ orders, now }) => {
    if (looking || whole) return;
    looking = true;
    const spans = await spansOf(traceId);
    looking = false;
    if (!spans) return;
    const order = orders.find((one) => one.traceId === traceId);
    renew(container, { traceId, spans, order }, traceView);
    const ended = ({ startMs, durationMs }) => now - startMs - durationMs > GROWING_MS;
    whole = spans.length > 0 && spans.every(ended);
  };
  return { update: look };
}

/** Undefined while the shop does not answer, which the live connection tells already. */
const spansOf = (traceId) =>
  fetch(`traces/${traceId}`)
    .then(async (response) => (await response.json()).spans)
    .catch(() => undefined);

/** A screen reader hears of the connection, not of each number. */
function say(state, text, numbers = '') {
  status.className = state;
  if (status.textContent !== text) status.textContent = text;
  kept.textContent = numbers;
}

const live = new EventSource('live');
live.addEventListener('message', ({ data }) => {
  overview = JSON.parse(data);
  const { now, since, kept: held } = overview;
  const minutes = Math.max(1, Math.round((now - since) / 60_000));
  const numbers = `last ${minutes === 1 ? 'minute' : `${minutes} minutes`} · ${count(held.traces)} traces, ${count(held.spans)} spans, ${percent(held.fill)} full`;
  say('live', 'live', numbers);
  page.update(overview);
});
live.addEventListener('error', () => say('lost', 'not connected: the shop has stopped, or is starting'));

addEventListener('hashchange', () => {
  navigate();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
});
navigate();
