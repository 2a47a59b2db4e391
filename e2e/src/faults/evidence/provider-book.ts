import type { Charge } from './order-evidence.ts';

/** Everything that the payment provider says it did, by order. */
export async function providerBook(pspUrl: string): Promise<Map<string, Charge[]>> {
  const book = new Map<string, Charge[]>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${pspUrl}/v1/payments?limit=100${query}`);
    if (!response.ok) throw new Error(`the payment provider's book answered ${response.status}`);
    const page = (await response.json()) as { items: Charge[]; nextCursor: string | null };
    for (const { reference, amount, state, capturedAt } of page.items) {
      const charge = { reference, amount, state, capturedAt };
      const known = book.get(reference);
      if (known) known.push(charge);
      else book.set(reference, [charge]);
    }
    cursor = page.nextCursor;
  }
  return book;
}
