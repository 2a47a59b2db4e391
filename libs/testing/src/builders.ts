import { newId } from '@shop/contracts';
import type { NewProduct, Order, OrderLine, PlaceOrder, Product, ShippingAddress } from '@shop/contracts';

/** A price in euro cents. */
export const euros = (amount: number) => ({ amount, currency: 'EUR' });

let sequence = 0;

/** Builders answer objects that the contracts accept; what a test cares about it passes in. */
export const anAddress = (given: Partial<ShippingAddress> = {}): ShippingAddress => ({
  name: 'Ada Lovelace',
  street: '12 St James’s Square',
  city: 'London',
  postalCode: 'SW1Y 4LB',
  country: 'GB',
  ...given,
});

export const aNewProduct = (given: Partial<NewProduct> = {}): NewProduct => ({
  sku: `TEST-${process.pid}-${++sequence}`,
  name: 'Enamel mug',
  description: 'Holds 350 ml and survives a fall.',
  category: 'kitchen',
  price: euros(1999),
  ...given,
});

export const aProduct = (given: Partial<Product> = {}): Product => ({
  ...aNewProduct(),
  id: newId(),
  available: 10,
  version: 1,
  updatedAt: '2030-01-01T00:00:00.000Z',
  ...given,
});

export const aPlaceOrder = (given: Partial<PlaceOrder> = {}): PlaceOrder => ({
  lines: [{ productId: newId(), quantity: 1 }],
  paymentToken: 'tok_ok',
  shippingAddress: anAddress(),
  ...given,
});

export const anOrderLine = (given: Partial<OrderLine> = {}): OrderLine => ({
  productId: newId(),
  sku: 'MUG-01',
  name: 'Enamel mug',
  quantity: 1,
  unitPrice: euros(1999),
  lineTotal: euros(1999),
  ...given,
});

export const anOrder = (given: Partial<Order> = {}): Order => ({
  id: newId(),
  status: 'PENDING',
  lines: [anOrderLine()],
  total: euros(1999),
  reason: null,
  createdAt: '2030-01-01T00:00:00.000Z',
  updatedAt: '2030-01-01T00:00:00.000Z',
  ...given,
});
