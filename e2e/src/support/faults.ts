import { join } from 'node:path';
import { eventually, readPid } from '@shop/testing';
import { shop } from './shop.ts';

const pidOf = (service: string): number => readPid(join(shop.own.dataDir, 'pids', `${service}.pid`));

/** Ends a service as a power cut would. The runner starts it again. */
export function kill(service: string, signal: NodeJS.Signals = 'SIGKILL'): void {
  process.kill(pidOf(service), signal);
}

/** Stops the broker as an operator would, or starts it again on the same data. */
export async function broker(what: 'stop' | 'start'): Promise<void> {
  const response = await fetch(`${shop.own.brokerSwitch}/${what}`, { method: 'POST' });
  if (!response.ok) throw new Error(`the broker did not ${what}: ${await response.text()}`);
}

/** Waits until the process that follows the one with `before` is ready. */
export async function untilReady(service: string): Promise<void> {
  await eventually(
    async () => {
      const { status } = await fetch(`${shop.own.urls[service]}/health/ready`);
      if (status !== 200) throw new Error(`${service} answered ${status}`);
    },
    { timeoutMs: 30_000, everyMs: 100, message: `${service} was not ready` },
  );
}

export { pidOf };
