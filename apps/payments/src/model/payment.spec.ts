import { describe, expect, it } from '@jest/globals';
import {
  onCommand,
  onPspState,
  waitsIn,
  type Command,
  type Move,
  type PspState,
  type State,
} from './moves.ts';
import { moveOn, settle, WrongCommand, type Payment } from './payment.ts';

const states: State[] = [
  'AUTHORISING',
  'AUTHORISED',
  'DECLINED',
  'CAPTURING',
  'CAPTURED',
  'CANCELLING',
  'VOIDED',
  'REFUNDING',
  'REFUNDED',
];
const commands: Command[] = ['authorise', 'capture', 'cancel', 'refund'];
const pspStates: PspState[] = ['authorised', 'captured', 'voided', 'refunded', 'declined'];
const payment = (state: State): Payment => ({
  id: 'p',
  orderId: 'o',
  provider: 'sandbox',
  state,
  amount: { amount: 1999, currency: 'EUR' },
  token: 'tok_ok',
  pspId: null,
  refusal: null,
});

/** `→STATE (call) answer`, as much of it as there is; `·` waits for the call under way, `✗` is refused. */
function shown(move: Move | undefined): string {
  if (!move) return '✗';
  return [move.to && `→${move.to}`, move.call && `(${move.call})`, move.say].filter(Boolean).join(' ') || '·';
}
const row = <K extends string>(columns: K[], moves: Partial<Record<K, Move>>) =>
  columns.map((column) => shown(moves[column]));

describe('a payment', () => {
  it.each<[State | 'NONE', string[]]>([
    ['NONE', ['→AUTHORISING (authorise)', '✗', '→VOIDED voided', '✗']],
    ['AUTHORISING', ['·', '✗', '→CANCELLING (void)', '✗']],
    ['AUTHORISED', ['authorised', '→CAPTURING (capture)', '→CANCELLING (void)', '✗']],
    ['DECLINED', ['declined', 'capture-failed', 'voided', '✗']],
    ['CAPTURING', ['authorised', '·', '→CANCELLING (void)', '✗']],
    ['CAPTURED', ['authorised', 'captured', '→CANCELLING (void)', '→REFUNDING (refund)']],
    ['CANCELLING', ['·', '·', '·', '·']],
    ['VOIDED', ['voided', 'capture-failed', 'voided', 'voided']],
    ['REFUNDING', ['·', '·', '·', '·']],
    ['REFUNDED', ['refunded', 'refunded', 'refunded', 'refunded']],
  ])('that is %s takes authorise, capture, cancel, refund as %j', (state, expected) => {
    expect(row(commands, onCommand[state])).toEqual(expected);
  });

  it.each<[State, string[]]>([
    [
      'AUTHORISING',
      [
        '→AUTHORISED authorised',
        '→CAPTURED authorised',
        '→VOIDED declined',
        '→REFUNDED declined',
        '→DECLINED declined',
      ],
    ],
    ['AUTHORISED', ['✗', '→CAPTURED captured', '→VOIDED capture-failed', '→REFUNDED refunded', '✗']],
    ['DECLINED', ['✗', '✗', '✗', '✗', '✗']],
    [
      'CAPTURING',
      [
        '✗',
        '→CAPTURED captured',
        '→VOIDED capture-failed',
        '→REFUNDED capture-failed',
        '→DECLINED capture-failed',
      ],
    ],
    ['CAPTURED', ['✗', '✗', '✗', '→REFUNDED refunded', '✗']],
    ['CANCELLING', ['✗', '✗', '→VOIDED voided', '→REFUNDED refunded', '→DECLINED voided']],
    ['VOIDED', ['✗', '✗', '✗', '✗', '✗']],
    ['REFUNDING', ['✗', '✗', '→VOIDED voided', '→REFUNDED refunded', '✗']],
    ['REFUNDED', ['✗', '✗', '✗', '✗', '✗']],
  ])(
    'that is %s and at the provider authorised, captured, voided, refunded, declined becomes %j',
    (state, expected) => {
      expect(row(pspStates, onPspState[state])).toEqual(expected);
    },
  );

  it('waits for the call that its state needs, and for no other', () => {
    for (const moves of Object.values(onCommand)) {
      for (const { to, call } of Object.values(moves)) {
        if (call) expect(waitsIn[call]).toBe(to);
        else if (to) expect(Object.keys(onPspState[to])).toEqual([]);
      }
    }
  });

  it('never answers while its outcome is open, except about what is already known', () => {
    for (const state of ['AUTHORISING', 'CANCELLING', 'REFUNDING'] as const) {
      for (const move of Object.values(onCommand[state])) expect(move.say).toBeUndefined();
    }
  });

  it('answers every outcome that moves it', () => {
    for (const state of states)
      for (const move of Object.values(onPspState[state]))
        expect(move).toMatchObject({ to: expect.anything(), say: expect.anything() });
  });

  it('can be cancelled in every state, and then ends with nothing held', () => {
    for (const state of [undefined, ...states]) expect(() => moveOn(state, 'cancel')).not.toThrow();
    expect(Object.values(onPspState.CANCELLING).map(({ to }) => to)).toEqual([
      'DECLINED',
      'VOIDED',
      'REFUNDED',
    ]);
  });

  it('refuses a command that no saga sends, by name', () => {
    expect(() => moveOn('AUTHORISING', 'refund')).toThrow(
      new WrongCommand('cannot refund a payment that is AUTHORISING'),
    );
  });

  it('keeps the provider’s id and reason', () => {
    const refusal = { code: 'payment/declined', message: 'No' };
    expect(settle(payment('AUTHORISING'), { id: 'psp-1', state: 'declined', refusal })).toEqual({
      payment: { ...payment('DECLINED'), pspId: 'psp-1', refusal },
      say: 'declined',
    });
  });

  it('stays the same object when what was seen says nothing new', () => {
    const authorised = payment('AUTHORISED');
    expect(settle(authorised, { id: 'psp-1', state: 'authorised' }).payment).toBe(authorised);
  });
});
