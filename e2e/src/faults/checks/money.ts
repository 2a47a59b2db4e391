import type { Charge, OrderCheck, OrderEvidence } from '../evidence/order-evidence.ts';

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const taken = (charges: readonly Charge[]) => charges.filter(({ capturedAt }) => capturedAt !== null);
const amountOf = ({ amount }: Charge): number => amount.amount;
const booked = ({ ledger }: OrderEvidence, wanted: string): number =>
  sum(ledger.filter(({ kind, account }) => kind === wanted && account === 'psp').map(({ amount }) => amount));

/** At the provider: what is confirmed is charged in full, everything else is not charged or given back. */
export const chargedAsConfirmed: OrderCheck = ({ order, charges }) => {
  const charged = sum(charges.filter(({ state }) => state === 'captured').map(amountOf));
  const due = order?.status === 'CONFIRMED' ? order.total : 0;
  return charged === due
    ? undefined
    : `is ${order?.status} and should cost ${due}, but ${charged} is charged`;
};

export const chargedOnce: OrderCheck = ({ charges }) =>
  taken(charges).length > 1 ? `was charged ${taken(charges).length} times` : undefined;

/** A refund gives back all that was taken, and only for orders that are given back or ended early. */
export const refundedInFull: OrderCheck = ({ order, charges }) => {
  if (order?.status !== 'REFUNDED') return undefined;
  const returned = sum(charges.filter(({ state }) => state === 'refunded').map(amountOf));
  return returned === order.total ? undefined : `should give back ${order.total}, but gave back ${returned}`;
};

export const noAuthorisationIsLeft: OrderCheck = ({ charges }) =>
  charges.some(({ state }) => state === 'authorised') ? 'still has money held at the provider' : undefined;

/** The ledger has, to the cent, what the provider took and gave back. */
export const ledgerAgreesWithProvider: OrderCheck = (evidence) => {
  const { charges } = evidence;
  const [captured, refunded] = [booked(evidence, 'capture'), -booked(evidence, 'refund')];
  const took = sum(taken(charges).map(amountOf));
  const gave = sum(
    taken(charges)
      .filter(({ state }) => state === 'refunded')
      .map(amountOf),
  );
  if (captured !== took) return `the ledger has ${captured} captured, the provider took ${took}`;
  return refunded === gave
    ? undefined
    : `the ledger has ${refunded} refunded, the provider gave back ${gave}`;
};

export const ledgerBalances: OrderCheck = ({ ledger }) => {
  const balance = sum(ledger.map(({ amount }) => amount));
  return balance === 0 ? undefined : `its entries sum to ${balance}, not to zero`;
};

const RESTING = new Set(['CAPTURED', 'DECLINED', 'VOIDED', 'REFUNDED']);

/** One payment for an order, and it has come to rest. */
export const paymentIsAtRest: OrderCheck = ({ payments }) => {
  if (payments.length > 1) return `has ${payments.length} payments`;
  const [payment] = payments;
  return payment && !RESTING.has(payment.state) ? `its payment is still ${payment.state}` : undefined;
};
