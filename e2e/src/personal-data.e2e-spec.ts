import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect } from '@jest/globals';
import { type CustomerOrder, newId, type Order, type PaymentWithLedger } from '@shop/contracts';
import { anAddress, eventually } from '@shop/testing';
import { rowsOf } from './support/databases.ts';
import { mailAbout } from './support/mail.ts';
import { orderOf, placed, timelineOf, untilEnded, untilStatus, withKey } from './support/orders.ts';
import { aProductInStock } from './support/products.ts';
import { ownShop, shop } from './support/shop.ts';

interface Exported {
  customer: string;
  services: {
    orders: CustomerOrder[];
    payments: PaymentWithLedger[];
    notifications: { file: string; content: string }[];
  };
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The real commands, as an operator types them. */
async function npm(command: string, ...args: string[]): Promise<string> {
  const { BASE_URL: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', command, '--', ...args], {
    cwd: root,
    env: { ...env, SHOP_DATA: shop.own.dataDir },
    maxBuffer: 10 ** 8,
  });
  return stdout;
}
const exported = async (customer: string) => JSON.parse(await npm('export', customer)) as Exported;
const erasure = async (customer: string) =>
  (
    await (
      await shop.admin()
    ).post('/v1/admin/customers/{customerId}/erasure', { path: { customerId: customer } })
  ).body;
const addressesOf = (customer: string) =>
  rowsOf(
    'orders',
    'SELECT a.* FROM shipping_addresses a JOIN orders o ON o.id = a.order_id WHERE customer_id = $1',
    [customer],
  );

const recordsOf = (customer: string) =>
  rowsOf('orders', 'SELECT actor, action, after FROM audit_records WHERE subject = $1 ORDER BY id', [
    customer,
  ]);

/** As some identity providers call people. */
const somebody = () => `auth0|zoë/${newId()}`;

describe('what the shop holds about a customer', () => {
  ownShop('is exported whole, and erased but for the books', async () => {
    const [id, neighbour] = [somebody(), somebody()];
    const [customer, other] = [await shop.customer(id), await shop.customer(neighbour)];
    // In such a script the text of a mail is encoded, and nothing can be read in it as it is.
    const { id: productId } = await aProductInStock(await shop.admin(), 10, { name: '琺瑯杯子'.repeat(50) });
    const shippingAddress = anAddress({ name: 'Zoë Zweig', street: '9 Zenith Way' });
    const buy = (given: object) => placed(customer, orderOf(productId, { shippingAddress, ...given }));
    const orders = [await buy({}), await buy({ paymentToken: 'tok_declined' }), await buy({ quantity: 99 })];
    const theirs = await placed(other, orderOf(productId));
    const [paid] = await Promise.all(orders.map((order) => untilEnded(customer, order.id)));
    await untilStatus(other, theirs.id, 'CONFIRMED');
    for (const { id: orderId } of [...orders, theirs]) await eventually(() => mailAbout(orderId, ''));

    const before = await exported(id);
    expect(before.customer).toBe(id);
    expect(before.services.orders.map(({ order }) => order.id)).toEqual(
      orders.map((order) => order.id).reverse(),
    );
    for (const held of before.services.orders) expect(held.shippingAddress).toEqual(shippingAddress);
    const last = before.services.orders.at(-1)!;
    expect(last.order).toEqual(paid);
    expect(last.timeline).toEqual(await timelineOf(customer, paid!.id));
    expect(before.services.payments.map(({ state }) => state).sort()).toEqual(['CAPTURED', 'DECLINED']);
    expect(before.services.notifications).toHaveLength(3);
    expect(JSON.stringify(before)).not.toMatch(/tok_/);

    expect(await npm('erase', id, '--yes')).toMatch(
      /3 shipping addresses .*deleted[^]*3 mails .*deleted[^]*3 orders.*stays/,
    );
    const after = await exported(id);
    expect(after.services).toEqual({
      orders: before.services.orders.map((held) => ({ ...held, shippingAddress: null })),
      payments: before.services.payments,
      notifications: [],
    });
    expect(await addressesOf(id)).toEqual([]);
    const done = { actor: 'admin', action: 'export-customer', after: null };
    expect(await recordsOf(id)).toEqual([
      done,
      { ...done, action: 'erase-customer', after: { addresses: 3, orders: 3, underWay: 0 } },
      // The command itself reads which orders the mails are about.
      done,
      done,
    ]);
    expect(await npm('erase', id, '--yes')).toMatch(/0 shipping addresses .*deleted/);

    const untouched = await exported(neighbour);
    expect(untouched.services.orders[0]!.shippingAddress).toEqual(anAddress());
    expect(untouched.services.notifications).toHaveLength(1);
  });

  ownShop('keeps the address of an order under way until it ends', async () => {
    const id = somebody();
    const customer = await shop.customer(id);
    const { id: productId } = await aProductInStock(await shop.admin(), 10);
    const order = await placed(customer, orderOf(productId, { paymentToken: 'tok_hang' }));
    expect(await erasure(id)).toEqual({ addresses: 0, orders: 1, underWay: 1 });
    expect(await addressesOf(id)).toHaveLength(1);
    const erasing = npm('erase', id, '--yes');
    await customer.post('/v1/orders/{id}/cancel', { path: { id: order.id }, header: withKey() });
    expect(await erasing).toMatch(/1 shipping address .*deleted/);
    expect(await addressesOf(id)).toEqual([]);
  });

  ownShop('is erased while the customer goes on ordering, and their orders do not suffer', async () => {
    const id = somebody();
    const customer = await shop.customer(id);
    const { id: productId } = await aProductInStock(await shop.admin(), 100);
    const orders: Order[] = [];
    let ordering = true;
    const buying = (async () => {
      while (ordering && orders.length < 50) orders.push(await placed(customer, orderOf(productId)));
    })();
    for (let erasures = 0; erasures < 20; erasures += 1) await erasure(id);
    ordering = false;
    await buying;
    for (const order of orders) await untilStatus(customer, order.id, 'CONFIRMED');
    expect(await eventually(() => erasure(id))).toMatchObject({ orders: orders.length, underWay: 0 });
    expect(await addressesOf(id)).toEqual([]);
  });

  ownShop('is not erased by mistake', async () => {
    await expect(npm('erase', somebody())).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--yes/),
    });
    await expect(npm('erase', 'one', 'two', '--yes')).rejects.toMatchObject({ code: 2 });
    await expect(npm('export')).rejects.toMatchObject({ code: 2 });
    expect(await npm('erase', '--help')).toMatch(/^usage/);
    const id = somebody();
    const customer = await shop.customer(id);
    expect(
      (await customer.post('/v1/admin/customers/{customerId}/erasure', { path: { customerId: id } })).status,
    ).toBe(403);
    await expect(npm('export', 'a', '--gateway', 'http://127.0.0.1:1')).rejects.toMatchObject({ code: 1 });
  });
});
