const orderId = '01936f2a-0000-7000-8000-000000000001';
const paymentId = '01936f2a-0000-7000-8000-000000000002';
const productId = '01936f2a-0000-7000-8000-000000000003';
const amount = { amount: 3998, currency: 'EUR' };
const outcome = { orderId, paymentId, amount };
const line = {
  productId,
  sku: 'MUG-01',
  name: 'Mug',
  quantity: 2,
  unitPrice: { amount: 1999, currency: 'EUR' },
  lineTotal: amount,
};
const order = { orderId, customerId: 'alice', lines: [line], total: amount };
const ended = { ...order, reason: { code: 'stock/insufficient', message: 'Not enough stock' } };

/** One golden sample per message type. A sample is never edited: a type that can no longer read its own has broken its consumers. */
export const samples: Readonly<Record<string, unknown>> = {
  'shop.catalog.product-changed.v1': {
    productId,
    sku: 'MUG-01',
    name: 'Mug',
    price: { amount: 1999, currency: 'EUR' },
    version: 3,
  },
  'shop.inventory.reserve-stock.v1': { orderId, lines: [{ productId, quantity: 2 }] },
  'shop.inventory.commit-stock.v1': { orderId },
  'shop.inventory.release-stock.v1': { orderId },
  'shop.inventory.stock-reserved.v1': { orderId },
  'shop.inventory.stock-rejected.v1': { orderId, shortages: [{ productId, requested: 2, available: 1 }] },
  'shop.inventory.stock-committed.v1': { orderId },
  'shop.inventory.stock-commit-failed.v1': { orderId, reason: 'expired' },
  'shop.inventory.stock-released.v1': { orderId, held: 'reserved' },
  'shop.inventory.reservation-expired.v1': { orderId },
  'shop.payments.authorise-payment.v1': { orderId, amount, token: 'tok_ok' },
  'shop.payments.capture-payment.v1': { orderId },
  'shop.payments.cancel-payment.v1': { orderId },
  'shop.payments.refund-payment.v1': { orderId },
  'shop.payments.payment-authorised.v1': outcome,
  'shop.payments.payment-declined.v1': {
    orderId,
    code: 'payment/declined',
    message: 'The card was declined',
  },
  'shop.payments.payment-captured.v1': outcome,
  'shop.payments.payment-capture-failed.v1': {
    orderId,
    code: 'payment/authorisation-expired',
    message: 'Expired',
  },
  'shop.payments.payment-voided.v1': { orderId },
  'shop.payments.payment-refunded.v1': outcome,
  'shop.payments.payment-attempt-failed.v1': {
    orderId,
    step: 'authorise',
    attempt: 1,
    reason: 'timeout',
    retryInMs: 120,
  },
  'shop.orders.order-confirmed.v1': order,
  'shop.orders.order-rejected.v1': ended,
  'shop.orders.order-cancelled.v1': ended,
  'shop.orders.order-refunded.v1': order,
};
