import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('let only so many work at once, in the order in which they asked', async () => {
    const slots = new Slots(1);
    const release = await slots.take();
    const order: string[] = [];
    const second = slots.take().then((done) => (order.push('second'), done()));
    const third = slots.take().then((done) => (order.push('third'), done()));
    await Promise.resolve();
    expect(order).toEqual([]);
    release();
    release();
    await Promise.all([second, third]);
    expect(order).toEqual(['second', 'third']);
  });

  it('do not let slow work keep the others waiting', async () => {
    const slots = new Slots(1);
    await slots.take();
    const release = await slots.take();
    release();
  });
});
