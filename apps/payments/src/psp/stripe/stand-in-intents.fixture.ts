import { randomBytes } from 'node:crypto';

/** An answer of the stand-in. */
export interface Answer {
  status: number;
  body: object;
  /** Kept under the idempotency key: Stripe does so once an endpoint has begun its work. */
  keep: boolean;
}

export interface Intent {
  id: string;
  object: 'payment_intent';
  amount: number;
  currency: string;
  capture_method: string;
  status: string;
  metadata: Record<string, string>;
  payment_method: string | null;
  last_payment_error: object | null;
  cancellation_reason: string | null;
  latest_charge: Charge | null;
}

interface Charge {
  id: string;
  object: 'charge';
  amount: number;
  refunded: boolean;
  refunds: { object: 'list'; data: Refund[] };
}

export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  status: string;
  payment_intent: string;
  metadata: Record<string, string>;
}

type Params = Record<string, string>;
const ok = (body: object): Answer => ({ status: 200, body, keep: true });
const id = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`;

/** As https://docs.stripe.com/api/errors describes it. */
export function refused(status: number, error: Record<string, unknown>, keep = true): Answer {
  return { status, body: { error: { type: 'invalid_request_error', ...error } }, keep };
}

/** Stripe's test payment methods, https://docs.stripe.com/testing, and some of ours for what only a network does. */
const declines: Record<string, object> = {
  pm_card_visa_chargeDeclined: { code: 'card_declined', decline_code: 'generic_decline' },
  pm_card_visa_chargeDeclinedStolenCard: { code: 'card_declined', decline_code: 'stolen_card' },
  pm_card_visa_chargeDeclinedInsufficientFunds: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
  },
};
const accepted = new Set([
  'pm_card_visa',
  'pm_card_authenticationRequired',
  'pm_slow_3ds',
  'pm_lost_answer',
  'pm_hang',
  'pm_flaky',
  'pm_broken',
]);
const createParams =
  /^(amount|currency|capture_method|payment_method|allowed_payment_method_types\[0\]|confirm|error_on_requires_action|metadata\[\w+\])$/;

/** The PaymentIntents and refunds of an account, with the states and refusals that Stripe documents. */
export class Intents {
  readonly all = new Map<string, Intent>();
  readonly refunds = new Map<string, Refund>();
  /** How refunds begin: `pending` where the balance or the bank makes them wait. */
  refundsBegin = 'succeeded';

  create(params: Params): Answer {
    const unknown = Object.keys(params).find((name) => !createParams.test(name));
    // Since 2026-09-30.endive.
    if (unknown === 'payment_method_types[0]')
      return refused(400, { code: 'payment_method_types_no_longer_supported', param: unknown }, false);
    if (unknown) return refused(400, { code: 'parameter_unknown', param: unknown }, false);
    const { payment_method: method = null, confirm } = params;
    if (method && !accepted.has(method) && !declines[method])
      return refused(400, { code: 'resource_missing', param: 'payment_method' }, false);
    const amount = Number(params['amount']);
    if (!Number.isInteger(amount) || amount < 50)
      return refused(400, { code: 'amount_too_small', param: 'amount' });
    const intent: Intent = {
      id: id('pi'),
      object: 'payment_intent',
      amount,
      currency: params['currency']!,
      capture_method: params['capture_method']!,
      status: method ? 'requires_confirmation' : 'requires_payment_method',
      metadata: metadataIn(params),
      payment_method: method,
      last_payment_error: null,
      cancellation_reason: null,
      latest_charge: null,
    };
    this.all.set(intent.id, intent);
    return confirm === 'true' ? confirmed(intent, params['error_on_requires_action'] === 'true') : ok(intent);
  }

  capture(intent: Intent): Answer {
    if (intent.status !== 'requires_capture') return unexpected(intent);
    return ok(Object.assign(intent, { status: 'succeeded' }));
  }

  cancel(intent: Intent, reason: string | null = null): Answer {
    if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpected(intent);
    return ok(Object.assign(intent, { status: 'canceled', cancellation_reason: reason }));
  }

  refund(params: Params): Answer {
    const intent = this.all.get(params['payment_intent'] ?? '');
    if (!intent) return refused(404, { code: 'resource_missing', param: 'payment_intent' });
    if (intent.status !== 'succeeded') return unexpected(intent);
    const charge = intent.latest_charge!;
    if (charge.refunded) return refused(400, { code: 'charge_already_refunded' });
    const refund: Refund = {
      id: id('re'),
      object: 'refund',
      amount: charge.amount,
      status: this.refundsBegin,
      payment_intent: intent.id,
      metadata: metadataIn(params),
    };
    this.refunds.set(refund.id, refund);
    charge.refunds.data.unshift(refund);
    this.end(refund, refund.status);
    return ok(refund);
  }

  /** What fails gives its amount back to the balance, so that the charge is refunded no more. */
  end(refund: Refund, status: string): void {
    refund.status = status;
    this.all.get(refund.payment_intent)!.latest_charge!.refunded = status !== 'failed';
  }

  search(query: string): Intent[] {
    const paymentId = /^metadata\['payment_id'\]:'([\w-]+)'$/.exec(query)?.[1];
    return [...this.all.values()].filter(({ metadata }) => metadata['payment_id'] === paymentId);
  }
}

function confirmed(intent: Intent, isErrorOnAction: boolean): Answer {
  const { payment_method: method } = intent;
  const refunds = { object: 'list' as const, data: [] };
  intent.latest_charge = { id: id('ch'), object: 'charge', amount: intent.amount, refunded: false, refunds };
  const decline = declines[method!];
  if (decline) return declined(intent, decline);
  if (method === 'pm_card_authenticationRequired' && isErrorOnAction)
    return declined(intent, { code: 'authentication_required', decline_code: 'authentication_not_handled' });
  if (method === 'pm_slow_3ds') return ok(Object.assign(intent, { status: 'requires_action' }));
  return ok(Object.assign(intent, { status: 'requires_capture' }));
}

function declined(intent: Intent, decline: object): Answer {
  const error = { type: 'card_error', message: 'Your card was declined.', ...decline };
  Object.assign(intent, { status: 'requires_payment_method', last_payment_error: error });
  return refused(402, { ...error, payment_intent: { ...intent } });
}

const unexpected = (intent: Intent): Answer =>
  refused(400, { code: 'payment_intent_unexpected_state', payment_intent: { ...intent } });

const metadataIn = (params: Params): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      return key ? [[key, value]] : [];
    }),
  );
