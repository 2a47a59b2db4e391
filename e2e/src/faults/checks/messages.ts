import type { OrderCheck, OrderEvidence } from '../evidence/order-evidence.ts';

/** In each topic, and in the timeline, the first of these comes before the first of those that follow it. */
const sequences = [
  ['ReserveStock', 'CommitStock', 'ReleaseStock'],
  ['StockReserved', 'StockCommitted', 'StockReleased'],
  ['StockReserved', 'ReservationExpired', 'StockCommitFailed'],
  ['AuthorisePayment', 'CapturePayment', 'CancelPayment'],
  ['CapturePayment', 'RefundPayment'],
  ['PaymentAuthorised', 'PaymentCaptured', 'PaymentRefunded'],
  ['PaymentAuthorised', 'PaymentVoided'],
  ['OrderConfirmed', 'OrderRefunded'],
];
/** Across topics only the timeline knows an order. */
const story = [
  [
    'OrderPlaced',
    'ReserveStock',
    'StockReserved',
    'AuthorisePayment',
    'PaymentAuthorised',
    'CapturePayment',
    'PaymentCaptured',
    'OrderConfirmed',
    'RefundPayment',
    'OrderRefunded',
  ],
  ['PaymentAuthorised', 'CommitStock', 'StockCommitted', 'OrderConfirmed'],
];

function disorder(types: readonly string[], rules: readonly string[][]): string | undefined {
  for (const rule of rules) {
    const present = rule.filter((type) => types.includes(type));
    for (const [index, type] of present.entries()) {
      const next = present[index + 1];
      if (next && types.indexOf(next) < types.indexOf(type)) return `${next} came before ${type}`;
    }
  }
  return undefined;
}

/** Duplicates may come later; the first of each kind keeps the order in which they were sent. */
export const messagesAreInOrder: OrderCheck = ({ messages }) =>
  disorder(
    messages.map(({ type }) => type),
    sequences,
  );

export const storyIsInOrder: OrderCheck = ({ timeline }) =>
  disorder(
    timeline.map(({ type }) => type),
    [...story, ...sequences],
  );

/** Each message of a topic, however often it is there, is once in the timeline, and nothing else is. */
export const messagesTookEffectOnce: OrderCheck = ({ messages, timeline }) => {
  const distinct = new Map(messages.map((message) => [`${message.type} ${message.id}`, message.type]));
  const sent = counted([...distinct.values()]);
  const told = counted(timeline.map(({ type }) => type).filter((type) => !OWN.has(type)));
  for (const type of new Set([...sent.keys(), ...told.keys()])) {
    const [there, here] = [sent.get(type) ?? 0, told.get(type) ?? 0];
    if (there !== here) return `${there} different ${type} in the topics, ${here} in the timeline`;
  }
  return undefined;
};

/** Told in the timeline, but no message. */
const OWN = new Set(['OrderPlaced', 'DeadlinePassed', 'CancelRequested', 'RefundRequested']);

function counted(types: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

const announcements: Record<string, string> = {
  CONFIRMED: 'OrderConfirmed',
  REJECTED: 'OrderRejected',
  CANCELLED: 'OrderCancelled',
  REFUNDED: 'OrderRefunded',
};

/** From OrderPlaced to the announcement of its end, without a gap. */
export const timelineIsWhole: OrderCheck = ({ order, saga, timeline }) => {
  if (!order) return undefined;
  const gap = timeline.findIndex(({ seq }, index) => seq !== index + 1);
  if (gap >= 0) return `entry ${gap + 1} of its timeline is missing`;
  if (timeline[0]?.type !== 'OrderPlaced') return `its timeline begins with ${timeline[0]?.type}`;
  if (saga?.seq !== timeline.length)
    return `its timeline has ${timeline.length} entries, its saga counts ${saga?.seq}`;
  return endOf(order.status, timeline);
};

function endOf(status: string, timeline: OrderEvidence['timeline']): string | undefined {
  const announced = timeline
    .filter(({ type }) => Object.values(announcements).includes(type))
    .map(({ type }) => type);
  const expected =
    status === 'REFUNDED' ? ['OrderConfirmed', 'OrderRefunded'] : [announcements[status] ?? ''];
  if (announced.join() !== expected.join())
    return `is ${status}, but announced ${announced.join(', ') || 'nothing'}`;
  const end = timeline.findLastIndex(({ type }) => type === expected.at(-1));
  const moved = timeline.slice(end + 1).find(({ state }) => state !== null);
  return moved && `moved to ${moved.state} after ${expected.at(-1)}`;
}

/** No state is entered twice, but for a refund that is asked for again. */
export const statesAreEnteredOnce: OrderCheck = ({ timeline }) => {
  const entered = timeline
    .map(({ state }) => state)
    .filter((state) => state !== null && state !== 'REFUNDING');
  const again = entered.find((state, index) => entered.indexOf(state) !== index);
  return again ? `entered ${again} twice` : undefined;
};
