import { describe, expect, it } from '@jest/globals';
import { inGroupsOf, placePatiently, untilAllEnded } from './support/crowd.ts';
import { rowsOf } from './support/databases.ts';
import { orderOf } from './support/orders.ts';
import { aProductInStock, availableOf, untilAvailable } from './support/products.ts';
import { pspBook } from './support/psp-book.ts';
import { ownShop, shop } from './support/shop.ts';

const buyers = 1_000;
const units = 100;

describe(`${buyers} buyers at once for ${units} units`, () => {
  let confirmed: string[];

  it('make exactly as many confirmed orders as there are units, each charged once', async () => {
    const { id } = await aProductInStock(await shop.admin(), units);
    const crowd = await inGroupsOf(100, Array.from({ length: buyers }), () => shop.customer());
    const placed = await Promise.all(crowd.map((customer) => placePatiently(customer, orderOf(id))));
    const ended = await untilAllEnded(placed);

    const outcomes = Object.groupBy(ended, ({ order }) => order.reason?.code ?? order.status);
    expect(
      Object.entries(outcomes)
        .map(([outcome, orders]) => [outcome, orders!.length])
        .sort(),
    ).toEqual([
      ['CONFIRMED', units],
      ['stock/insufficient', buyers - units],
    ]);
    expect(await availableOf(shop.anyone, id)).toBe(0);
    await untilAvailable(shop.anyone, id, 0);

    confirmed = outcomes['CONFIRMED']!.map(({ order }) => order.id);
    const ours = new Set(ended.map(({ order }) => order.id));
    const charges = (await pspBook(shop.pspUrl)).filter((charge) => ours.has(charge.reference));
    expect(charges.map((charge) => charge.reference).sort()).toEqual(confirmed.toSorted());
    expect(new Set(charges.map((charge) => charge.state))).toEqual(new Set(['captured']));
  });

  ownShop('leave a ledger that balances and says the same', async () => {
    const [booked] = await rowsOf<{ payments: string; captured: string; balance: string }>(
      'payments',
      `SELECT count(DISTINCT p.id) AS payments,
              count(DISTINCT p.id) FILTER (WHERE lower(p.state) = 'captured') AS captured,
              coalesce(sum(l.amount), 0) AS balance
         FROM payments p JOIN ledger_entries l ON l.payment_id = p.id
        WHERE p.order_id = ANY($1)`,
      [confirmed],
    );
    expect(booked).toEqual({ payments: String(units), captured: String(units), balance: '0' });
  });
});
