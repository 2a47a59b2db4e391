import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProductChanged, samples } from '@shop/contracts';
import type { Delivery } from '@shop/messaging';
import { Transactions } from '@shop/persistence';
import { aProductState } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';
import { ProductChangedConsumer } from './product-changed.consumer.ts';
import type { ProductState } from './products.ts';

describe('the copy of the catalogue', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await RunningOrders.start();
  });
  afterAll(() => orders.stop());

  const hear = (...states: ProductState[]) =>
    orders.get(Transactions).run((tx) =>
      orders.get(ProductChangedConsumer).productsChanged(
        states.map((payload) => ({ payload }) as Delivery<typeof ProductChanged>),
        { tx },
      ),
    );
  const known = async ({ productId }: ProductState) =>
    (
      await orders.rows<{ name: string; version: number }>(
        'SELECT name, version FROM products WHERE id = $1',
        [productId],
      )
    )[0];

  it('keeps the contract’s own sample', async () => {
    const sample = ProductChanged.schema.parse(samples[ProductChanged.type]);
    await hear(sample);
    expect(await known(sample)).toEqual({ name: sample.name, version: sample.version });
  });

  it('drops a state that is older than what it has, and a repeat', async () => {
    const mug = aProductState({ version: 5, name: 'new' });
    await hear(mug);
    await hear({ ...mug, version: 4, name: 'old' }, { ...mug, name: 'repeat' });
    expect(await known(mug)).toEqual({ name: 'new', version: 5 });
  });

  it('takes the latest of several states in one batch, in whatever order they come', async () => {
    const mug = aProductState();
    await hear({ ...mug, version: 2, name: 'second' }, { ...mug, version: 3, name: 'third' }, mug);
    expect(await known(mug)).toEqual({ name: 'third', version: 3 });
  });
});
