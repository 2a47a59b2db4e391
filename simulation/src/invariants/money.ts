import type { Payment } from '../parts/provider.ts';
import type { Simulation } from '../schedule/simulation.ts';
import { orderName } from '../shop/names.ts';

/** Checks each change at the provider: one order never holds a customer's money twice, and is never charged twice. */
export const watchMoney = (sim: Simulation) => {
  const charged = new Map<string, string>();
  const held = new Map<string, string>();
  return ({ id, reference, state, expired }: Payment): void => {
    if (expired) sim.saw('authorisation expired');
    if (state === 'authorised') claim(held, reference, id, 'holds money twice');
    else if (state === 'captured') claim(charged, reference, id, 'is charged twice');
  };

  function claim(owners: Map<string, string>, reference: string, id: string, fault: string): void {
    if (owners.has(reference)) sim.violate(`order ${orderName(reference)} ${fault}`);
    owners.set(reference, id);
  }
};

const amountOf: Partial<Record<Payment['state'], number>> = { captured: 1 };

/** The provider's book, the ledger and the orders tell of the same money. */
export function checkMoney(sim: Simulation): void {
  const { tables } = sim.shop.payments;
  for (const payment of tables.payments.values()) {
    if (sim.shop.payments.tables.openCallOf(payment.id))
      sim.violate(`a call for order ${orderName(payment.orderId)} is left open`);
    const sums = { psp: 0, sales: 0 };
    for (const { paymentId, account, amount } of tables.ledger.values())
      if (paymentId === payment.id) sums[account] += amount;
    const inBook = sim.shop.provider
      .payments()
      .filter(({ reference }) => reference === payment.orderId)
      .reduce((sum, { state, amount }) => sum + (amountOf[state] ?? 0) * amount.amount, 0);
    const shown = `ledger ${sums.psp} and ${sums.sales}, provider ${inBook}`;
    if (sums.psp + sums.sales !== 0)
      sim.violate(`the ledger of ${orderName(payment.orderId)} is unbalanced: ${shown}`);
    if (sums.psp !== inBook)
      sim.violate(`ledger and provider disagree about ${orderName(payment.orderId)}: ${shown}`);
  }
}
