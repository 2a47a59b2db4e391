import { saga as table } from '@shop/orders/saga';
import type { SagaRow } from '../parts/saga-rows.ts';
import type { Simulation } from '../schedule/simulation.ts';
import { orderName } from '../shop/names.ts';

type Fact = string;

/** What each end says about stock, about the money at the provider, and about the payment. */
const promised: Record<string, { stock: Fact[]; money: Fact[]; payment: Fact[] }> = {
  CONFIRMED: { stock: ['COMMITTED'], money: ['captured'], payment: ['CAPTURED'] },
  REFUNDED: { stock: ['COMMITTED'], money: ['refunded'], payment: ['REFUNDED'] },
  REJECTED: {
    stock: ['none', 'REJECTED', 'RELEASED', 'EXPIRED'],
    money: ['none', 'declined', 'voided', 'refunded'],
    payment: ['none', 'DECLINED', 'VOIDED', 'REFUNDED'],
  },
};
promised['CANCELLED'] = promised['REJECTED']!;

/** Every order has ended, and stock and money agree with how it did. */
export function checkEnds(sim: Simulation): void {
  for (const row of sim.shop.orders.rows.rows.values()) checkEnd(sim, row);
  for (const { name, outbox, retries } of sim.shop.services) {
    if (retries.length > 0 || [...outbox.rows.values()].some((rows) => rows.length > 0))
      sim.violate(`${name} has messages left`);
  }
}

function checkEnd(sim: Simulation, { order, state, status }: SagaRow): void {
  const name = orderName(order.id);
  const expected = promised[state];
  if (!expected) return sim.violate(`order ${name} hangs: ${state}`);
  if (status !== table[state].status) sim.violate(`order ${name} is ${state} and shows ${status}`);
  const { inventory, payments, provider } = sim.shop;
  const book = provider.payments().filter(({ reference }) => reference === order.id);
  const found = {
    stock: inventory.rows.reservations.get(order.id)?.state ?? 'none',
    money: book.map((payment) => payment.state).join(' and ') || 'none',
    payment: payments.tables.payments.get(order.id)?.state ?? 'none',
  };
  for (const [what, facts] of Object.entries(expected))
    if (!facts.includes(found[what as keyof typeof found]))
      sim.violate(`order ${name} is ${state}, but its ${what} is ${found[what as keyof typeof found]}`);
  if (status !== 'REJECTED' && status !== 'CANCELLED' && book[0]?.amount.amount !== order.total.amount)
    sim.violate(
      `order ${name} is ${state} over ${order.total.amount}, but ${book[0]?.amount.amount} was charged`,
    );
}
