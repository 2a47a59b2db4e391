import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@shop/contracts';
import { aReply } from '../testing/deliveries.fixture.ts';
import { anOrderIn, stateOf } from '../testing/orders-in-states.fixture.ts';
import { RunningOrders } from '../testing/running-orders.fixture.ts';

describe('the saga on its database', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await RunningOrders.start();
  });
  afterAll(() => orders.stop());

  const read = async (id: string) => (await orders.ask(`/v1/orders/${id}`)).body;

  it('takes an order from its placing to its confirmation, one command after the other', async () => {
    const { id, lines, total } = await anOrderIn('RESERVING', orders);
    expect(await orders.sent(id)).toEqual(['reserve-stock']);
    await orders.hear(aReply('StockReserved', id));
    expect(await orders.message(id, 'authorise-payment')).toEqual({
      orderId: id,
      amount: total,
      token: 'tok_ok',
    });
    await orders.hear(aReply('PaymentAuthorised', id));
    await orders.hear(aReply('StockCommitted', id));
    expect(await read(id)).toMatchObject({ status: 'PENDING' });
    await orders.hear(aReply('PaymentCaptured', id));
    expect(await read(id)).toMatchObject({ status: 'CONFIRMED', reason: null });
    expect(await orders.sent(id)).toEqual([
      'reserve-stock',
      'authorise-payment',
      'capture-payment',
      'commit-stock',
      'order-confirmed',
    ]);
    expect(await orders.message(id, 'order-confirmed')).toEqual({
      orderId: id,
      customerId: 'alice',
      lines,
      total,
    });
  });

  it('handles several replies of several orders in one batch, each order in its own order of arrival', async () => {
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => anOrderIn('AUTHORISING', orders)));
    await orders.hear(
      aReply('PaymentAuthorised', first!.id),
      aReply('PaymentDeclined', second!.id),
      aReply('PaymentCaptured', first!.id),
      aReply('PaymentAuthorised', third!.id),
      aReply('PaymentAuthorised', second!.id),
      aReply('StockCommitted', first!.id),
    );
    expect(await Promise.all([first, second, third].map((order) => stateOf(orders, order!.id)))).toEqual([
      'CONFIRMED',
      'REJECTED',
      'COMPLETING',
    ]);
    expect((await orders.sent(second!.id)).slice(-3)).toEqual([
      'release-stock',
      'order-rejected',
      'cancel-payment',
    ]);
  });

  it('tells the customer why an order was rejected, and releases its stock', async () => {
    const { id } = await anOrderIn('AUTHORISING', orders);
    const reason = { code: 'payment/insufficient-funds', message: 'The account has not enough money' };
    await orders.hear(aReply('PaymentDeclined', id, reason));
    expect(await read(id)).toMatchObject({ status: 'REJECTED', reason });
    expect(await orders.message(id, 'order-rejected')).toMatchObject({ reason });
    expect((await orders.sent(id)).slice(2)).toEqual(['release-stock', 'order-rejected']);
  });

  it('rejects an order whose stock is insufficient, with nothing to take back', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    await orders.hear(aReply('StockRejected', id));
    expect(await read(id)).toMatchObject({ status: 'REJECTED', reason: { code: 'stock/insufficient' } });
    expect(await orders.sent(id)).toEqual(['reserve-stock', 'order-rejected']);
  });

  it.each([
    ['StockReserved', 'release-stock'],
    ['StockCommitted', 'release-stock'],
    ['PaymentAuthorised', 'cancel-payment'],
    ['PaymentCaptured', 'cancel-payment'],
  ] as const)('compensates %s when it comes after the order was cancelled', async (reply, compensation) => {
    const { id } = await anOrderIn('CANCELLED', orders);
    const before = await orders.sent(id);
    await orders.hear(aReply(reply, id));
    expect((await orders.sent(id)).slice(before.length)).toEqual([compensation]);
    expect(await read(id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('publishes in the trace of the reply that caused it', async () => {
    const { id } = await anOrderIn('RESERVING', orders);
    const reply = aReply('StockReserved', id);
    await orders.hear(reply, aReply('StockReserved', (await anOrderIn('RESERVING', orders)).id));
    const [row] = await orders.rows<{ headers: Record<string, string> }>(
      `SELECT headers FROM outbox WHERE key = $1 AND type LIKE '%authorise-payment%'`,
      [id],
    );
    expect(row!.headers['traceparent']).toBe(reply.carrier['traceparent']);
  });

  it.each([
    ['there is no such order', () => Promise.resolve(newId()), 'there is no order'],
    [
      'it cannot be',
      async () => (await anOrderIn('RESERVING', orders)).id,
      'PaymentCaptured cannot happen while an order is RESERVING',
    ],
  ])('refuses a reply for good when %s, and keeps nothing of its batch', async (_, stranger, message) => {
    const { id } = await anOrderIn('RESERVING', orders);
    const batch = [aReply('StockReserved', id), aReply('PaymentCaptured', await stranger())];
    await expect(orders.hear(...batch)).rejects.toMatchObject({
      name: 'PermanentError',
      message: expect.stringContaining(message),
    });
    expect(await stateOf(orders, id)).toBe('RESERVING');
    expect(await orders.sent(id)).toEqual(['reserve-stock']);
  });

  it('lets two batches about the same orders pass in turn, whatever their order', async () => {
    const placed = await Promise.all([1, 2, 3, 4].map(() => anOrderIn('COMPLETING', orders)));
    const ids = placed.map(({ id }) => id);
    await Promise.all([
      orders.hear(...ids.map((id) => aReply('PaymentCaptured', id))),
      orders.hear(...ids.toReversed().map((id) => aReply('StockCommitted', id))),
    ]);
    expect(await Promise.all(ids.map((id) => stateOf(orders, id)))).toEqual(ids.map(() => 'CONFIRMED'));
  });
});
