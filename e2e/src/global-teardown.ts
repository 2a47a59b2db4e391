import { once } from 'node:events';

/** Jest's globalTeardown: stops what the setup started. */
export default async function teardown(): Promise<void> {
  const child = globalThis.shopUnderTest;
  if (!child || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}
