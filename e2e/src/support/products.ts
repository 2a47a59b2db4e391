import { expect } from '@jest/globals';
import { newId, type NewProduct, type Product } from '@shop/contracts';
import { aNewProduct, eventually } from '@shop/testing';
import type { Client } from './client.ts';
import { withKey } from './orders.ts';

export const aSku = (): string => `E2E-${newId().slice(-12).toUpperCase()}`;

/** A new product with this much stock. Orders may not have heard of it yet; it waits a moment for a product it does not know. */
export async function aProductInStock(
  admin: Client,
  units: number,
  given: Partial<NewProduct> = {},
): Promise<Product> {
  const created = await admin.post('/v1/admin/products', { body: aNewProduct({ sku: aSku(), ...given }) });
  expect(created).toMatchObject({ status: 201 });
  const { id } = created.body;
  if (units > 0)
    expect(await adjust(admin, id, units)).toMatchObject({ status: 200, body: { onHand: units } });
  return created.body;
}

export const adjust = (admin: Client, productId: string, delta: number) =>
  admin.post('/v1/admin/stock/{productId}/adjustments', {
    path: { productId },
    header: withKey(),
    body: { delta, reason: 'e2e' },
  });

export async function availableOf(caller: Client, productId: string): Promise<number | null> {
  const { status, body } = await caller.get('/v1/products/{id}', { path: { id: productId } });
  expect(status).toBe(200);
  return body.available;
}

export const untilAvailable = (caller: Client, productId: string, units: number): Promise<void> =>
  eventually(async () => expect(await availableOf(caller, productId)).toBe(units), {
    timeoutMs: 20_000,
    everyMs: 50,
  });
