import { expect, type Line } from '../../line.ts';
import { burst, type Seen } from './burst.ts';
import { hang, takeTooLong } from './time-limit.ts';

/** A minute of cooldown, and what it takes to look. */
const goneWithin = 180;

const good = ({ peak, firstMessage, handled, gone }: Seen): boolean =>
  peak > 0 && Number.isFinite(firstMessage) && gone - handled < goneWithin;

const words = ({ firstPod, firstMessage, starts, peak, handled, gone }: Seen): string =>
  [
    `first pod after ${firstPod.toFixed(0)} s`,
    `first message handled after ${firstMessage} s (${starts[0]?.ms} ms of them its process)`,
    `at most ${peak} pods`,
    `nothing left after ${handled.toFixed(0)} s`,
    `nobody ${(gone - handled).toFixed(0)} s later`,
  ].join(', ');

export const functionLines: readonly Line[] = [
  {
    name: 'email-from-zero',
    claim: 'nobody waits for e-mails to send: orders bring pods, and the end of the orders takes them away',
    async observe(stage, note) {
      const { orders, mails, notifications: seen } = await burst(stage, note);
      return expect(good(seen) && mails >= orders, `${orders} orders, ${mails} mails: ${words(seen)}`);
    },
  },
  {
    name: 'invoice-from-zero',
    claim: 'Jobs write the invoices of a burst of orders, and end',
    async observe(stage, note) {
      const { orders, invoices, orderInvoice: seen } = await burst(stage, note);
      return expect(
        good(seen) && invoices === orders,
        `${orders} orders, ${invoices} invoices: ${words(seen)}`,
      );
    },
  },
  {
    name: 'time-limit',
    claim:
      'a function that hangs is ended, and a message that takes too long ends as a dead letter, not in a loop',
    async observe(stage, note) {
      const hung = await hang(stage, note);
      const { letters, seconds, next } = await takeTooLong(stage, note);
      const [first] = letters;
      return expect(
        hung.reason === 'DeadlineExceeded' &&
          letters.length === 2 &&
          letters.every(({ reason, attempts }) => reason === 'timeout' && attempts === 12) &&
          next,
        [
          `a Job that hangs: ${hung.reason} after ${hung.failed} s, its pod gone after ${hung.gone} s`,
          `2 orders that took too long: ${letters.length} dead letters (${first?.reason}, ${first?.attempts} attempts) when the Job was complete after ${seconds} s`,
          `the next order has ${next ? 'its' : 'no'} invoice; the letters were purged`,
        ].join('; '),
      );
    },
  },
];
