import { describe, expect, it } from '@jest/globals';
import { OrderCancelled, OrderConfirmed, OrderRefunded, OrderRejected } from '@shop/contracts';
import { anOrderLine, euros } from '@shop/testing';
import { orderMail } from './order-mail.ts';

const orderId = '01936f2a-0000-7000-8000-000000000001';
const order = {
  orderId,
  customerId: 'alice',
  lines: [
    anOrderLine({ quantity: 2, lineTotal: euros(3998) }),
    anOrderLine({ sku: 'TEA-01', name: 'Tea', unitPrice: euros(450), lineTotal: euros(450) }),
  ],
  total: euros(4448),
};
const reason = { code: 'payment/declined', message: 'The card was declined' };
const about = { id: 'event-1', time: new Date('2030-01-01T12:00:00Z') };
const mailOf = (event: Parameters<typeof orderMail>[0]) => orderMail(event, 'alice@shop.test');

describe('the e-mail about an order', () => {
  it('lists what was bought, for how much', () => {
    expect(mailOf({ ...about, type: OrderConfirmed.type, payload: order })).toEqual({
      id: 'event-1',
      date: about.time,
      orderId,
      to: 'alice@shop.test',
      subject: `Your order is confirmed (order ${orderId})`,
      text: [
        'Hello,',
        '',
        'Thank you for your order. It is paid and on its way to you soon.',
        '',
        `Order ${orderId}`,
        '',
        '2 x Enamel mug (MUG-01) at EUR 19.99: EUR 39.98',
        '1 x Tea (TEA-01) at EUR 4.50: EUR 4.50',
        'Total: EUR 44.48',
        '',
        'Your shop',
        '',
      ].join('\n'),
    });
  });

  it('says why an order was rejected, and that it cost nothing', () => {
    const { subject, text } = mailOf({ ...about, type: OrderRejected.type, payload: { ...order, reason } });
    expect(subject).toMatch(/^We could not complete your order/);
    expect(text).toContain('Unfortunately: The card was declined.\nYou have not been charged.');
  });

  it('confirms a cancellation', () => {
    const cancelled = {
      ...order,
      reason: { code: 'order/cancelled-by-customer', message: 'Cancelled by you.' },
    };
    const { subject, text } = mailOf({ ...about, type: OrderCancelled.type, payload: cancelled });
    expect(subject).toMatch(/^Your order is cancelled/);
    expect(text).toContain('Cancelled by you.\nYou have not been charged.');
  });

  it('names the amount that was refunded', () => {
    const { subject, text } = mailOf({ ...about, type: OrderRefunded.type, payload: order });
    expect(subject).toMatch(/^Your order is refunded/);
    expect(text).toContain('We have returned EUR 44.48 to you.');
  });
});
