import { expect } from '@jest/globals';
import type { Money } from '@shop/contracts';
import { Client } from './client.ts';

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
  const client = new Client(pspUrl);
  const charges: Charge[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await client.get<{ items: Charge[]; nextCursor: string | null }>(
      `/v1/payments?limit=100${query}`,
    );
    expect(status).toBe(200);
    charges.push(...body.items);
    cursor = body.nextCursor;
  }
  return charges;
}

/** What it did for one order. */
export const chargesFor = async (pspUrl: string, orderId: string): Promise<Charge[]> =>
  (await pspBook(pspUrl)).filter((charge) => charge.reference === orderId);
