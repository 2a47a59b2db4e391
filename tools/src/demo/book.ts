import type { Money } from '@shop/contracts';

/** What the payment provider knows of one order. */
export interface Payment {
  reference: string;
  amount: Money;
  state: 'authorised' | 'captured' | 'voided' | 'refunded' | 'declined';
}

/** All that the provider's book has on an order: its view, not ours. */
export async function paymentsOf(orderId: string, pspUrl: string): Promise<Payment[]> {
  const found: Payment[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const response = await fetch(
      `${pspUrl}/v1/payments?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (!response.ok) throw new Error(`the payment provider's book answered ${response.status}`);
    const page = (await response.json()) as { items: Payment[]; nextCursor: string | null };
    found.push(...page.items.filter(({ reference }) => reference === orderId));
    cursor = page.nextCursor;
  }
  return found;
}

/** `2 × 19.99 EUR` style amounts for people. */
export const inWords = ({ amount, currency }: Money): string => `${(amount / 100).toFixed(2)} ${currency}`;
