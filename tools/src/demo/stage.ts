import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@shop/testing';
import type { NewProduct, Order, PlaceOrder, Product, TimelineEntry } from '@shop/contracts';
import { type Payment, paymentsOf } from './book.ts';
import { ShopClient } from './client.ts';
import { faultsOf, type Scenario, STOCK } from './scenarios.ts';
import { timelineLine } from './timeline-line.ts';

export interface Stage {
  customer: ShopClient;
  admin: ShopClient;
  pspUrl: string;
  product: Product;
  say: (line: string) => void;
}

type Show = (entry: TimelineEntry) => void;

export interface Outcome {
  scenario: Scenario;
  order: Order;
  payments: Payment[];
  traceId: string;
  ms: number;
  /** Empty when everything is as it should be. */
  faults: string[];
}

const shippingAddress = {
  name: 'Ada Lovelace',
  street: '12 St James’s Square',
  city: 'London',
  postalCode: 'SW1Y 4LB',
  country: 'GB',
};

/** A product of the demo's own with known stock, so that the demo can be told again and again on any shop. */
export async function setStage(
  urls: { gatewayUrl: string; pspUrl: string },
  tokens: { admin: string; customer: string },
  say: (line: string) => void,
): Promise<Stage> {
  const admin = new ShopClient(urls.gatewayUrl, tokens.admin);
  const product = await admin.createProduct(aMug());
  await admin.adjustStock(product.id, STOCK);
  return {
    admin,
    customer: new ShopClient(urls.gatewayUrl, tokens.customer),
    pspUrl: urls.pspUrl,
    product,
    say,
  };
}

const aMug = (): NewProduct => ({
  sku: `DEMO-${Date.now().toString(36).toUpperCase()}`,
  name: 'Demonstration mug',
  description: 'Sold only in demonstrations.',
  category: 'demonstration',
  price: { amount: 1999, currency: 'EUR' },
});

/** Places the order of a scenario, shows its life as it happens, and compares how it ended with how it should have. */
export async function play(stage: Stage, scenario: Scenario): Promise<Outcome> {
  const start = Date.now();
  const { order, traceId } = await stage.customer.placeOrder(orderFor(scenario, stage.product));
  const show: Show = (entry) => stage.say(timelineLine(entry, Date.parse(order.createdAt)));
  let seen = 0;
  let ms = 0;
  for await (const entry of stage.customer.timeline(order.id)) {
    show(entry);
    seen += 1;
    ms = Date.now() - start;
    if (scenario.interfere?.on === entry.type) await interfere(stage, scenario.interfere, order.id);
  }
  const missing = await aftermath(stage, scenario, order, seen, show);
  const { faults, ...ended } = await verdict(stage, scenario, order.id);
  return { scenario, traceId, ms, ...ended, faults: [...missing, ...faults] };
}

async function interfere(
  stage: Stage,
  { by, afterMs, act }: NonNullable<Scenario['interfere']>,
  orderId: string,
): Promise<void> {
  await sleep(afterMs);
  await act(stage[by], orderId);
}

/** Waits until what the order held is taken back, and shows the entries that came after its end. Answers what is missing. */
async function aftermath(
  { customer }: Stage,
  { takenBack = [] }: Scenario,
  order: Order,
  seen: number,
  show: Show,
): Promise<string[]> {
  let missing: string[] = [];
  const look = async () => {
    const { items } = await customer.timelineSoFar(order.id);
    missing = takenBack
      .filter((type) => !items.some((entry) => entry.type === type))
      .map((type) => `${type} did not come`);
    if (missing.length > 0) throw new Error(missing.join(', '));
    items.slice(seen).forEach(show);
  };
  await eventually(look, { timeoutMs: 30_000, everyMs: 100 }).catch(() => {});
  return missing;
}

const orderFor = ({ paymentToken, quantity }: Scenario, { id }: Product): PlaceOrder => ({
  lines: [{ productId: id, quantity }],
  paymentToken,
  shippingAddress,
});

/** Money is given back after an order has ended, so the provider's book gets a moment to agree. */
async function verdict(
  { customer, pspUrl }: Stage,
  scenario: Scenario,
  orderId: string,
): Promise<Pick<Outcome, 'order' | 'payments' | 'faults'>> {
  let seen: Pick<Outcome, 'order' | 'payments' | 'faults'> | undefined;
  const look = async () => {
    const [order, payments] = await Promise.all([customer.order(orderId), paymentsOf(orderId, pspUrl)]);
    seen = { order, payments, faults: faultsOf(scenario, order, payments) };
    if (seen.faults.length > 0) throw new Error(seen.faults.join(', '));
  };
  await eventually(look, { timeoutMs: 20_000, everyMs: 200 }).catch((error: unknown) => {
    if (!seen) throw error;
  });
  return seen as Pick<Outcome, 'order' | 'payments' | 'faults'>;
}

/** What is wrong with the stock after all orders; empty when exactly what was sold is gone. */
export async function stockFaults(
  { customer, product }: Stage,
  outcomes: readonly Outcome[],
): Promise<string[]> {
  const sold = outcomes
    .filter(({ order }) => order.status === 'CONFIRMED' || order.status === 'REFUNDED')
    .reduce((sum, { scenario }) => sum + scenario.quantity, 0);
  const expected = STOCK - sold;
  let available: number | null = null;
  const look = async () => {
    ({ available } = await customer.product(product.id));
    if (available !== expected) throw new Error('not yet');
  };
  return eventually(look, { timeoutMs: 15_000, everyMs: 200 }).then(
    () => [],
    () => [`${available} units are available, not ${expected}`],
  );
}
