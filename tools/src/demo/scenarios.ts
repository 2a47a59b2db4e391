import type { Order, OrderStatus } from '@shop/contracts';
import type { ShopClient } from './client.ts';
import type { Payment } from './book.ts';

export interface Scenario {
  title: string;
  paymentToken: string;
  quantity: number;
  /** What somebody does when the order's timeline shows this entry, after a moment. */
  interfere?: {
    on: string;
    afterMs: number;
    by: 'customer' | 'admin';
    act: (client: ShopClient, orderId: string) => Promise<Order>;
  };
  ends: { status: OrderStatus; reason?: string };
  /** What takes back what the order held, and is answered after its end. */
  takenBack?: readonly string[];
  /** What the payment provider's book must say of the money that was held; `nothing` when it may know of none, or of none that is kept. */
  money: 'captured' | 'refunded' | 'nothing';
}

/** Units of the demo's product; more than any order below but one. */
export const STOCK = 20;

/** One order for each way in which an order can end, and two whose way is rough. */
export const scenarios: readonly Scenario[] = [
  {
    title: 'a card that works',
    paymentToken: 'tok_ok',
    quantity: 2,
    ends: { status: 'CONFIRMED' },
    money: 'captured',
  },
  {
    title: 'more than there is in stock',
    paymentToken: 'tok_ok',
    quantity: STOCK + 1,
    ends: { status: 'REJECTED', reason: 'stock/insufficient' },
    money: 'nothing',
  },
  {
    title: 'a card that is declined',
    paymentToken: 'tok_declined',
    quantity: 1,
    ends: { status: 'REJECTED', reason: 'payment/declined' },
    takenBack: ['StockReleased'],
    money: 'nothing',
  },
  {
    title: 'cancelled while the bank thinks',
    paymentToken: 'tok_slow',
    quantity: 1,
    interfere: {
      on: 'AuthorisePayment',
      afterMs: 500,
      by: 'customer',
      act: (client, id) => client.cancel(id),
    },
    ends: { status: 'CANCELLED', reason: 'order/cancelled-by-customer' },
    takenBack: ['StockReleased', 'PaymentVoided'],
    money: 'nothing',
  },
  {
    title: 'confirmed, then given back',
    paymentToken: 'tok_ok',
    quantity: 1,
    interfere: { on: 'OrderConfirmed', afterMs: 0, by: 'admin', act: (client, id) => client.refund(id) },
    ends: { status: 'REFUNDED' },
    money: 'refunded',
  },
  {
    title: 'charged, but the answer is lost',
    paymentToken: 'tok_lost_answer',
    quantity: 1,
    ends: { status: 'CONFIRMED' },
    money: 'captured',
  },
  {
    title: 'a provider that fails twice',
    paymentToken: 'tok_flaky',
    quantity: 1,
    ends: { status: 'CONFIRMED' },
    money: 'captured',
  },
];

/** What is wrong with how an order ended and what it cost; empty when all is as it should be. */
export function faultsOf({ ends, money }: Scenario, order: Order, payments: readonly Payment[]): string[] {
  const kept = payments.filter(({ state }) => state === 'captured' || state === 'authorised');
  const refunded = payments.filter(({ state }) => state === 'refunded');
  const amount = money === 'captured' ? kept[0]?.amount.amount : undefined;
  return [
    ...(order.status === ends.status ? [] : [`ended ${order.status}, not ${ends.status}`]),
    ...(order.reason?.code === ends.reason
      ? []
      : [`the reason is ${order.reason?.code ?? 'missing'}, not ${ends.reason ?? 'none'}`]),
    ...(kept.length === (money === 'captured' ? 1 : 0) ? [] : [`the provider holds ${kept.length} payments`]),
    ...(money === 'refunded' && refunded.length !== 1
      ? [`the provider refunded ${refunded.length} payments`]
      : []),
    ...(amount !== undefined && (amount !== order.total.amount || kept[0]?.state !== 'captured')
      ? [`the provider has ${kept[0]?.state} ${amount}`]
      : []),
  ];
}
