import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@shop/contracts';
import { anAddress } from '@shop/testing';
import type { Databases } from './databases.ts';
import type { Gateway } from './load/gateway.ts';
import type { OrderBook } from './load/order-book.ts';

/** Several, because each goes its way through other partitions. */
const AT_ONCE = 3;
const EVERY_MS = 100;

interface Perch {
  gateway: Gateway;
  databases: Databases;
  book: OrderBook;
  token: string;
  customer: string;
  productId: string;
  signal: AbortSignal;
}

/** Resolves once new orders are confirmed again. */
export async function ordersConfirm(perch: Perch): Promise<void> {
  await Promise.all(Array.from({ length: AT_ONCE }, () => oneConfirms(perch)));
}

/** An order that a fault spoils is followed by another. */
async function oneConfirms(perch: Perch): Promise<void> {
  for (;;) {
    const id = await place(perch);
    if (id !== undefined && (await statusOf(perch, id)) === 'CONFIRMED') return;
    perch.signal.throwIfAborted();
  }
}

async function place({ gateway, book, token, customer, productId }: Perch): Promise<string | undefined> {
  const key = `place-canary-${newId()}`;
  const body = { lines: [{ productId, quantity: 1 }], paymentToken: 'tok_ok', shippingAddress: anAddress() };
  const answer = await gateway.patiently({ method: 'POST', path: '/v1/orders', token, key, body });
  if (answer.status === 202 && answer.body.id) return book.accept({ id: answer.body.id, key, customer }).id;
  book.wrong(`placing was answered ${answer.status} ${answer.body.code}`);
  return undefined;
}

async function statusOf({ databases, signal }: Perch, id: string): Promise<string> {
  for (;;) {
    const rows = await databases
      .rows<{ status: string }>('orders', 'SELECT status FROM orders WHERE id = $1', [id])
      .catch(() => []);
    const status = rows[0]?.status ?? 'PENDING';
    if (status !== 'PENDING') return status;
    await sleep(EVERY_MS, undefined, { signal });
  }
}
