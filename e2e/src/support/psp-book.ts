import { expect } from '@jest/globals';
import type { Money } from '@shop/contracts';

export interface Charge {
  id: string;
  /** The order that it pays. */
  reference: string;
  idempotencyKeys: string[];
  amount: Money;
  state: 'authorised' | 'captured' | 'voided' | 'refunded' | 'declined';
  authorisedAt: string | null;
  capturedAt: string | null;
  refundedAt: string | null;
}

/** Everything that the payment provider says it did. */
export async function pspBook(pspUrl: string): Promise<Charge[]> {
  const charges: Charge[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(new URL(`/v1/payments?limit=100${query}`, pspUrl));
    expect(response.status).toBe(200);
    const page = (await response.json()) as { items: Charge[]; nextCursor: string | null };
    charges.push(...page.items);
    cursor = page.nextCursor;
  }
  return charges;
}

/** What it did for one order. */
export const chargesFor = async (pspUrl: string, orderId: string): Promise<Charge[]> =>
  (await pspBook(pspUrl)).filter((charge) => charge.reference === orderId);
