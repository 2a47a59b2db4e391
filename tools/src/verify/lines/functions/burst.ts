import { setTimeout as pause } from 'node:timers/promises';
import { inPod } from '../../../cluster/in-pod.ts';
import type { Note, Stage } from '../../line.ts';
import { seen as until } from '../../wait.ts';
import { type Shoppers, shoppers } from '../../customers/shoppers.ts';
import { invoiced } from './invoice-pod.ts';
import { handled as nothingLeft } from './kafka.ts';
import { nobody, podsOf, runningPodsOf, type Start, startsOf } from './pods.ts';

/** How a function was seen to come and go. Times are in seconds after the first order. */
export interface Seen {
  firstPod: number;
  firstMessage: number;
  starts: Start[];
  /** Pods at the same time, at most. */
  peak: number;
  /** Nothing of it was left in Kafka. */
  handled: number;
  gone: number;
}

/** A burst of orders, and what it made of both functions. */
export interface Burst {
  orders: number;
  /** Mails in the pods of notifications, and invoices of these orders in the volume. */
  mails: number;
  invoices: number;
  notifications: Seen;
  orderInvoice: Seen;
}

const orders = 300;
const atOnce = 10;

const bursts = new WeakMap<Stage, Promise<Burst>>();

/** One burst for both functions, for the length of a run: it takes minutes until nobody is there again. */
export function burst(stage: Stage, note: Note): Promise<Burst> {
  const known = bursts.get(stage) ?? observe(stage, note);
  bursts.set(stage, known);
  return known;
}

async function observe(stage: Stage, note: Note): Promise<Burst> {
  note('waiting until nobody is there');
  await Promise.all([nobody('notifications', stage.signal), nobody('order-invoice', stage.signal)]);
  const people = await shoppers(stage);
  const since = Date.now();
  const placing = place(people, note, stage.signal);
  let mails = 0;
  const [notifications, orderInvoice] = await Promise.all([
    watch('notifications', since, placing, stage.signal, async () => void (mails = await mailsWritten())),
    watch('order-invoice', since, placing, stage.signal),
    placing,
  ]);
  const invoices = (await invoiced()).intersection(people.accepted).size;
  return { orders: people.accepted.size, mails, invoices, notifications, orderInvoice };
}

/** Resolves when all have ended well. */
async function place(people: Shoppers, note: Note, signal: AbortSignal): Promise<void> {
  note(`placing ${orders} orders`);
  const customer = async () => {
    while (people.accepted.size < orders && !signal.aborted) await people.order();
  };
  await Promise.all(Array.from({ length: atOnce }, customer));
  const look = async () => {
    const ends = [...(await people.standings()).values()];
    const confirmed = ends.filter((end) => end === 'CONFIRMED').length;
    const { size } = people.accepted;
    if (confirmed < size) throw new Error(`${confirmed} of ${size} orders are confirmed`);
  };
  await until(signal, look, { timeoutMs: 180_000, everyMs: 1_000 });
}

async function watch(
  name: string,
  since: number,
  placing: Promise<void>,
  signal: AbortSignal,
  whileThere = () => Promise.resolve(),
): Promise<Seen> {
  const seconds = (at: number) => Math.round((at - since) / 100) / 10;
  const seen = { firstPod: Infinity, peak: 0 };
  let watching = true;
  const counting = (async () => {
    while (watching) {
      const pods = await podsOf(name);
      const made = pods.map(({ metadata }) => seconds(Date.parse(metadata.creationTimestamp)));
      seen.firstPod = Math.min(seen.firstPod, ...made);
      seen.peak = Math.max(seen.peak, pods.length);
      await pause(1_000, undefined, { signal });
    }
  })();
  const seeing = (async () => {
    await placing;
    await until(signal, () => nothingLeft(name), { timeoutMs: 180_000, everyMs: 2_000 });
    const handled = seconds(Date.now());
    const starts = (await startsOf(name)).filter(({ handledAt }) => handledAt >= since);
    await whileThere();
    await nobody(name, signal);
    return { handled, starts, gone: seconds(Date.now()) };
  })().finally(() => (watching = false));
  const [rest] = await Promise.all([seeing, counting]);
  return { ...seen, ...rest, firstMessage: seconds(rest.starts[0]?.handledAt ?? NaN) };
}

/** Each pod has a folder of its own; a message that came twice has the same name in both. */
async function mailsWritten(): Promise<number> {
  const program = "console.log(require('node:fs').readdirSync('/data').join('\\n'))";
  const names = await Promise.all((await runningPodsOf('notifications')).map((pod) => inPod(pod, program)));
  return new Set(names.flatMap((text) => text.split('\n')).filter((name) => name.endsWith('.eml'))).size;
}
