import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

declare global {
  var shopTestInfrastructure: ChildProcess | undefined;
}

/** Jest's globalSetup: starts what the environment does not offer already, once per run. */
export default async function setup(): Promise<void> {
  if (process.env.SHOP_TEST_POSTGRES && process.env.SHOP_TEST_KAFKA) return;
  const script = new URL('infrastructure.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--conditions=shop-source', '--disable-warning=TimeoutNegativeWarning', script],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`PostgreSQL and Kafka for the tests did not start (exit code ${code})`);
  });
  ended.catch(() => {});
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  Object.assign(process.env, JSON.parse(line as string));
  globalThis.shopTestInfrastructure = child;
}
