import '../quiet.ts';
import { describe, expect, it } from '@jest/globals';
import { orderIds, productIds } from '../shop/names.ts';
import { begin, decide, look, store } from '../steps/calls.ts';
import { consume, postpone, relay } from '../steps/messages.ts';
import { placeNext } from '../steps/people.ts';
import type { Step } from '../steps/step.ts';
import { reconcile, wait } from '../steps/time.ts';
import { Choice } from './choice.ts';
import { finish } from './run.ts';
import { Simulation } from './simulation.ts';

/** Chooses what it is told to, then always the first. */
class Told extends Choice {
  constructor(private readonly choices: number[]) {
    super(0);
  }

  override of(): number {
    return this.choices.shift() ?? 0;
  }
}

const order = {
  lines: [{ productId: productIds[0]!, quantity: 1 }],
  paymentToken: 'tok_ok',
  regretted: false,
};
const reserved: [Step][] = [[placeNext], [relay], [consume], [relay], [consume]];
const called: [Step][] = [[begin], [decide], [store], [relay]];

/** The order of a shop after these steps, once everything was left in peace. */
async function after(...steps: [step: Step, ...choices: number[]][]) {
  const sim = new Simulation({ stock: [1, 1], orders: [order], before: [], after: [] }, {}, true);
  for (const [step, ...choices] of steps) {
    const did = await step(sim, new Told(choices));
    if (!did && step !== look)
      throw new Error(`nothing to do for ${step.name} after ${sim.history!.join('; ')}`);
    sim.check();
  }
  await finish(sim);
  return sim.shop.orders.rows.rows.get(orderIds[0]!);
}

/** Schedules that once showed a violation, retold step by step. */
describe('what schedules have found', () => {
  it('a call is made although its living worker never heard that it had claimed it', async () => {
    const lost = 15;
    const row = await after(...reserved, [relay], [consume], [look, 0, lost]);
    expect(row?.state).toBe('CONFIRMED');
  });

  it('an order ends when its authorisation lapses, and the news of that overtakes its answer', async () => {
    const untilItLapses = 5;
    const row = await after(
      ...reserved,
      ...([[relay], [look], [consume]] as [Step][]),
      ...called,
      [postpone],
      [wait, untilItLapses],
      [reconcile],
      [look],
      ...called,
      [consume],
    );
    expect(row).toMatchObject({ state: 'REJECTED', reason: { code: 'payment/voided' } });
  });
});
