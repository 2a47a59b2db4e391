import { searches } from '../lab/products.ts';
import { shopArena } from '../lab/shop.ts';
import { type Answers, answersOf } from '../measure/answers.ts';
import { type CheckoutRun, checkoutLoad } from '../measure/checkout-load.ts';
import type { Bench } from './bench.ts';
import { warmUp } from './warm-up.ts';

export interface OverloadResult {
  saturation: CheckoutRun;
  /** Three times as many orders. */
  rush: CheckoutRun;
  /** Half of what saturates, while three times as many browse as can be answered. */
  mixed: CheckoutRun & { browsing: Answers };
  browsingAlone: number;
}

/** Far more than can be done: does what can be done still get done, and who is turned away? */
export async function overload(bench: Bench, saturation: number): Promise<OverloadResult> {
  const { shop, load, effort, progress } = bench;
  return progress.step('Overload', async (note) => {
    const arena = await shopArena(shop);
    const seconds = effort.overloadSeconds;
    await warmUp(bench, arena, note);
    note('at saturation');
    const base = await checkoutLoad(arena, load, { rate: Math.round(saturation), seconds });
    note('three times that');
    const rush = await checkoutLoad(arena, load, { rate: Math.round(saturation * 3), seconds });
    note('browsing');
    const paths = ['/v1/products?limit=20', `/v1/products?query=${encodeURIComponent(searches[0]!)}`];
    const browse = { name: 'browsing', url: shop.gatewayUrl, method: 'GET' as const, paths };
    const alone = await load.run({ seconds: 3, streams: [{ ...browse, pace: { connections: 64 } }] });
    const capacity = answersOf(alone.streams[0]!, 3).okPerSecond;
    note('browsing against checkout');
    const mixed = await checkoutLoad(arena, load, {
      rate: Math.round(saturation / 2),
      seconds,
      beside: [{ ...browse, pace: { rate: Math.round(capacity * 3) } }],
    });
    note(`${Math.round(rush.confirmedPerSecond)} of ${Math.round(base.confirmedPerSecond)} orders/s`);
    return {
      saturation: base,
      rush,
      mixed: { ...mixed, browsing: mixed.beside['browsing']! },
      browsingAlone: capacity,
    };
  });
}
