export type State =
  | 'AUTHORISING'
  | 'AUTHORISED'
  | 'DECLINED'
  | 'CAPTURING'
  | 'CAPTURED'
  | 'CANCELLING'
  | 'VOIDED'
  | 'REFUNDING'
  | 'REFUNDED';
export type Command = 'authorise' | 'capture' | 'cancel' | 'refund';
/** What the provider can be asked to do. `query` only looks. */
export type Step = 'authorise' | 'capture' | 'void' | 'refund' | 'query';
/** What a payment is at the provider. */
export type PspState = 'authorised' | 'captured' | 'voided' | 'refunded' | 'declined';
export type Answer = 'authorised' | 'declined' | 'captured' | 'capture-failed' | 'voided' | 'refunded';

/** Where a payment goes, which call that needs, and what is answered. Empty: the answer follows when the call under way has ended. */
export interface Move {
  to?: State;
  call?: Step;
  say?: Answer;
}

const wait: Move = {};

/** What a command does to a payment. What is missing is refused: no saga sends it. */
export const onCommand: Record<State | 'NONE', Partial<Record<Command, Move>>> = {
  NONE: {
    authorise: { to: 'AUTHORISING', call: 'authorise' },
    // A tombstone: the authorisation that this overtook will find it.
    cancel: { to: 'VOIDED', say: 'voided' },
  },
  AUTHORISING: { authorise: wait, cancel: { to: 'CANCELLING', call: 'void' } },
  AUTHORISED: {
    authorise: { say: 'authorised' },
    capture: { to: 'CAPTURING', call: 'capture' },
    cancel: { to: 'CANCELLING', call: 'void' },
  },
  DECLINED: { authorise: { say: 'declined' }, capture: { say: 'capture-failed' }, cancel: { say: 'voided' } },
  CAPTURING: { authorise: { say: 'authorised' }, capture: wait, cancel: { to: 'CANCELLING', call: 'void' } },
  CAPTURED: {
    authorise: { say: 'authorised' },
    capture: { say: 'captured' },
    cancel: { to: 'CANCELLING', call: 'void' },
    refund: { to: 'REFUNDING', call: 'refund' },
  },
  CANCELLING: { authorise: wait, capture: wait, cancel: wait, refund: wait },
  VOIDED: {
    authorise: { say: 'voided' },
    capture: { say: 'capture-failed' },
    cancel: { say: 'voided' },
    refund: { say: 'voided' },
  },
  REFUNDING: { authorise: wait, capture: wait, cancel: wait, refund: wait },
  REFUNDED: {
    authorise: { say: 'refunded' },
    capture: { say: 'refunded' },
    cancel: { say: 'refunded' },
    refund: { say: 'refunded' },
  },
};

/** What it means to find a payment at the provider in a certain state. What is missing settles nothing: the call is still to be made. */
export const onPspState: Record<State, Partial<Record<PspState, Move>>> = {
  AUTHORISING: {
    authorised: { to: 'AUTHORISED', say: 'authorised' },
    captured: { to: 'CAPTURED', say: 'authorised' },
    declined: { to: 'DECLINED', say: 'declined' },
    voided: { to: 'VOIDED', say: 'declined' },
    refunded: { to: 'REFUNDED', say: 'declined' },
  },
  AUTHORISED: {
    captured: { to: 'CAPTURED', say: 'captured' },
    voided: { to: 'VOIDED', say: 'capture-failed' },
    refunded: { to: 'REFUNDED', say: 'refunded' },
  },
  CAPTURING: {
    captured: { to: 'CAPTURED', say: 'captured' },
    declined: { to: 'DECLINED', say: 'capture-failed' },
    voided: { to: 'VOIDED', say: 'capture-failed' },
    refunded: { to: 'REFUNDED', say: 'capture-failed' },
  },
  CANCELLING: {
    declined: { to: 'DECLINED', say: 'voided' },
    voided: { to: 'VOIDED', say: 'voided' },
    refunded: { to: 'REFUNDED', say: 'refunded' },
  },
  REFUNDING: { voided: { to: 'VOIDED', say: 'voided' }, refunded: { to: 'REFUNDED', say: 'refunded' } },
  DECLINED: {},
  CAPTURED: { refunded: { to: 'REFUNDED', say: 'refunded' } },
  VOIDED: {},
  REFUNDED: {},
};

/** The state in which a payment waits for each call. */
export const waitsIn = {
  authorise: 'AUTHORISING',
  capture: 'CAPTURING',
  void: 'CANCELLING',
  refund: 'REFUNDING',
  query: 'AUTHORISED',
} as const satisfies Record<Step, State>;
