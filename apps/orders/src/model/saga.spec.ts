import { describe, expect, it } from '@jest/globals';
import { decide, type Decision, ImpossibleInput } from './decide.ts';
import { saga, start } from './saga.ts';
import { inputs, type InputType, reasons, type State, type Step } from './vocabulary.ts';

const states = Object.keys(saga) as State[];
const every = states.flatMap((state) => inputs.map((input) => [state, input] as const));
const because = { code: 'payment/declined', message: 'The card was declined' };
const decided = (state: State, type: InputType): Decision => decide(state, { type, reason: because });

/** What each pair must lead to, written down a second time: `!` throws, `-` is ignored, `409` is refused, `→` enters a state, then the commands. */
const expected: Record<State, Partial<Record<InputType, string>>> = {
  RESERVING: {
    StockReserved: '→AUTHORISING AuthorisePayment',
    StockRejected: '→REJECTED',
    ReservationExpired: '→REJECTED ReleaseStock',
    DeadlinePassed: '→REJECTED ReleaseStock',
    CancelRequested: '→CANCELLED ReleaseStock',
    RefundRequested: '409',
  },
  AUTHORISING: {
    StockReserved: '-',
    PaymentAuthorised: '→COMPLETING CapturePayment CommitStock',
    PaymentDeclined: '→REJECTED ReleaseStock',
    PaymentCaptureFailed: '→REJECTED ReleaseStock CancelPayment',
    PaymentAttemptFailed: '-',
    ReservationExpired: '→REJECTED ReleaseStock CancelPayment',
    DeadlinePassed: '→REJECTED ReleaseStock CancelPayment',
    CancelRequested: '→CANCELLED ReleaseStock CancelPayment',
    RefundRequested: '409',
  },
  COMPLETING: {
    StockReserved: '-',
    PaymentAuthorised: '-',
    PaymentAttemptFailed: '-',
    PaymentCaptured: '→AWAITING_COMMIT',
    StockCommitted: '→AWAITING_CAPTURE',
    PaymentCaptureFailed: '→REJECTED ReleaseStock CancelPayment',
    StockCommitFailed: '→REJECTED ReleaseStock CancelPayment',
    ReservationExpired: '→REJECTED ReleaseStock CancelPayment',
    DeadlinePassed: '→REJECTED ReleaseStock CancelPayment',
    CancelRequested: '409',
    RefundRequested: '409',
  },
  AWAITING_COMMIT: {
    StockReserved: '-',
    PaymentAuthorised: '-',
    PaymentAttemptFailed: '-',
    PaymentCaptured: '-',
    StockCommitted: '→CONFIRMED',
    StockCommitFailed: '→REJECTED ReleaseStock CancelPayment',
    ReservationExpired: '→REJECTED ReleaseStock CancelPayment',
    DeadlinePassed: '→REJECTED ReleaseStock CancelPayment',
    CancelRequested: '409',
    RefundRequested: '409',
  },
  AWAITING_CAPTURE: {
    StockReserved: '-',
    PaymentAuthorised: '-',
    PaymentAttemptFailed: '-',
    StockCommitted: '-',
    PaymentCaptured: '→CONFIRMED',
    PaymentCaptureFailed: '→REJECTED ReleaseStock CancelPayment',
    DeadlinePassed: '→REJECTED ReleaseStock CancelPayment',
    CancelRequested: '409',
    RefundRequested: '409',
  },
  CONFIRMED: {
    StockReserved: '-',
    StockCommitted: '-',
    PaymentAuthorised: '-',
    PaymentCaptured: '-',
    PaymentAttemptFailed: '-',
    CancelRequested: '409',
    RefundRequested: '→REFUNDING RefundPayment',
  },
  REFUNDING: {
    StockReserved: '-',
    StockCommitted: '-',
    PaymentAuthorised: '-',
    PaymentCaptured: '-',
    PaymentAttemptFailed: '-',
    PaymentRefunded: '→REFUNDED',
    DeadlinePassed: '→REFUNDING RefundPayment',
    CancelRequested: '409',
    RefundRequested: '-',
  },
  REFUNDED: {
    StockReserved: '-',
    StockCommitted: '-',
    PaymentAuthorised: '-',
    PaymentCaptured: '-',
    PaymentAttemptFailed: '-',
    PaymentRefunded: '-',
    CancelRequested: '409',
    RefundRequested: '-',
  },
  REJECTED: lateAnswers(),
  CANCELLED: lateAnswers(),
};

function lateAnswers(): Partial<Record<InputType, string>> {
  const calm = Object.fromEntries(
    inputs.filter((input) => input !== 'DeadlinePassed').map((input) => [input, '-']),
  );
  return {
    ...calm,
    StockReserved: 'ReleaseStock',
    StockCommitted: 'ReleaseStock',
    PaymentAuthorised: 'CancelPayment',
    PaymentCaptured: 'CancelPayment',
    CancelRequested: '409',
    RefundRequested: '409',
  };
}

function summary(state: State, input: InputType): string {
  try {
    const decision = decided(state, input);
    if (decision.outcome === 'ignored') return '-';
    if (decision.outcome === 'refused') return '409';
    const entered = decision.entered ? [`→${decision.state}`] : [];
    return [...entered, ...decision.dispatch.map(({ command }) => command)].join(' ');
  } catch (error) {
    if (error instanceof ImpossibleInput) return '!';
    throw error;
  }
}

describe('the saga', () => {
  it.each(every)('in %s answers %s as designed', (state, input) => {
    expect(summary(state, input)).toBe(expected[state][input] ?? '!');
  });

  it('ends early only with a reason that people can read', () => {
    for (const [state, input] of every.filter((pair) => /→(REJECTED|CANCELLED)/.test(summary(...pair)))) {
      expect(decided(state, input)).toHaveProperty(
        'reason.code',
        expect.stringMatching(/^(order|payment|stock)\/[a-z-]+$/),
      );
    }
  });

  it('passes on the reason of a decline, and insists on one', () => {
    expect(decided('AUTHORISING', 'PaymentDeclined')).toHaveProperty('reason', because);
    expect(() => decide('AUTHORISING', { type: 'PaymentDeclined' })).toThrow('must bring its reason');
  });

  it('lets no state without an end of its own go without a time limit', () => {
    for (const state of states) {
      const { limit, on } = saga[state];
      expect(limit === undefined).toBe(on.DeadlinePassed === undefined);
    }
  });

  it('can reach every state from the start', () => {
    const reached = new Set<State>([start.state]);
    for (const state of reached) {
      for (const rule of Object.values(saga[state].on))
        if (typeof rule === 'object' && rule.to) reached.add(rule.to);
    }
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('takes back on a deadline every step that was sent on the way there', () => {
    const sent: [State, Step[]][] = [
      ['RESERVING', ['ReserveStock']],
      ['AUTHORISING', ['ReserveStock', 'AuthorisePayment']],
      ['COMPLETING', ['CommitStock', 'CapturePayment']],
    ];
    for (const [state, steps] of sent) {
      const undone = decided(state, 'DeadlinePassed');
      expect(undone.outcome === 'accepted' && undone.dispatch.flatMap(({ undoes }) => undoes)).toEqual(steps);
    }
  });

  it('has a readable sentence for each reason of its own', () => {
    for (const message of Object.values(reasons)) expect(message).toMatch(/^[A-Z].+[a-z]$/);
  });
});
