import { stopShop } from './support/spawn-shop.ts';

/** Jest's globalTeardown: stops what the setup started. */
export default async function teardown(): Promise<void> {
  if (globalThis.shopUnderTest) await stopShop(globalThis.shopUnderTest);
}
