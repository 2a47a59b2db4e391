import type { PlaceOrder } from '@shop/contracts';
import { Random } from '../random.ts';

/** What one customer does about one order. */
export interface Plan {
  customer: number;
  lines: PlaceOrder['lines'];
  paymentToken: string;
  /** The same request again: three at once, or once more after the answer. */
  repeat: 'not' | 'at once' | 'later';
  cancelAfterMs: number | undefined;
  /** Given back by the shop once it is confirmed. */
  refund: boolean;
}

export interface Shelves {
  /** More than everybody wants. */
  ample: readonly string[];
  /** Less than is wanted. */
  scarce: readonly string[];
}

export const CUSTOMERS = 200;
/** The share of orders that want something scarce. */
export const SCARCE_SHARE = 0.12;

const tokens = {
  tok_ok: 800,
  tok_declined: 50,
  tok_insufficient_funds: 40,
  tok_slow: 30,
  tok_flaky: 40,
  tok_lost_answer: 35,
  tok_hang: 5,
};

/** The plan of the order with this number: the same for the same seed, whatever happens around it. */
export function planOf(seed: number, index: number, { ample, scarce }: Shelves): Plan {
  const random = Random.of(seed, index);
  const few = random.chance(SCARCE_SHARE);
  const lines = Array.from({ length: random.between(1, 3) }, (_, position) => ({
    productId: random.pick(few && position === 0 ? scarce : ample),
    quantity: random.between(1, 3),
  }));
  // The same product on two lines is one wish.
  if (random.chance(0.05)) lines.push({ ...lines[0]!, quantity: 1 });
  return {
    customer: random.between(0, CUSTOMERS - 1),
    lines,
    paymentToken: random.weighted(tokens),
    repeat: random.weighted({ not: 86, 'at once': 7, later: 7 }),
    cancelAfterMs: random.chance(0.08) ? random.between(0, 1_500) : undefined,
    refund: random.chance(0.06),
  };
}
