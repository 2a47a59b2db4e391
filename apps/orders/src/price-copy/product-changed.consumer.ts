import { ProductChanged } from '@shop/contracts';
import { type BatchContext, Consumer, type Delivery, HandlesBatch } from '@shop/messaging';
import { saveProducts } from './products.ts';

@Consumer()
export class ProductChangedConsumer {
  @HandlesBatch(ProductChanged)
  async productsChanged(deliveries: Delivery<typeof ProductChanged>[], { tx }: BatchContext): Promise<void> {
    await saveProducts(
      tx,
      deliveries.map((delivery) => delivery.payload),
    );
  }
}
