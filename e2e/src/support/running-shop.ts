import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { databaseNames, startShop } from '@shop/tools';
import { secretsOf } from './secrets.ts';
import { stripeSettings } from '../access/stripe.ts';
import type { OwnShop } from './shop.ts';
import type { SpawnOptions } from './spawn-shop.ts';

/**
 * A shop for one test run, in a process of its own: it stops when its standard input ends, so also when the tests were killed.
 * Prints one line of JSON when everything is ready.
 */
const dataDir = process.argv[2]!;
const { keep = Boolean(process.env['SHOP_E2E_KEEP']), ...given } = JSON.parse(
  process.argv[3] ?? '{}',
) as SpawnOptions;
const starting = new AbortController();
// Ctrl-C reaches the whole process group; the tests still need the shop while they wind up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
const ended = new Promise<void>((resolve) => process.stdin.resume().once('end', resolve));
void ended.then(() => starting.abort());

const shop = await startShop({
  dataDir,
  ports: 'random',
  quiet: true,
  tracing: { page: true },
  signal: starting.signal,
  env: {
    // Only what a test traces is traced: the others need the processor.
    all: { OTEL_TRACES_SAMPLER: 'parentbased_always_off' },
    // Longer than a test keeps the broker away; and no longer than a test wants to wait for a provider that hangs.
    orders: { RESERVE_TIMEOUT_MS: '120000', AUTHORISE_TIMEOUT_MS: '20000' },
    payments: stripeSettings(dataDir),
    // Tests read once what is available: on a busy machine inventory may take longer than a customer would wait.
    gateway: { AVAILABILITY_TIMEOUT_MS: '4000' },
  },
  ...given,
});
// How each service is started, for tests that start one more, a different one. Its environment has secrets.
const programs = shop.services.map(({ name, processes }) => [name, processes[0]!.spec]);
writeFileSync(join(dataDir, 'programs.json'), JSON.stringify(Object.fromEntries(programs)), { mode: 0o600 });
/** The broker is this process's child, so tests ask for its stop and start. */
const broker = createServer((request, response) => {
  const done = request.url === '/stop' ? shop.kafka.stop() : shop.kafka.restart();
  done.then(
    () => response.end(),
    (error: Error) => response.writeHead(500).end(error.message),
  );
}).listen(0, '127.0.0.1');
await once(broker, 'listening');
const databaseUrls = (role?: 'app' | 'owner') =>
  Object.fromEntries(
    databaseNames.map((name) => [name, shop.databaseUrl(name, role)]),
  ) as OwnShop['databases'];
const facts: OwnShop = {
  gatewayUrl: shop.gatewayUrl,
  pspUrl: shop.pspUrl,
  dataDir,
  mailDir: join(dataDir, 'mail'),
  brokers: shop.brokers,
  brokerSwitch: `http://127.0.0.1:${(broker.address() as AddressInfo).port}`,
  collectorUrl: shop.collector?.url ?? '',
  urls: shop.urls,
  databases: databaseUrls(),
  roles: { app: databaseUrls('app'), owner: databaseUrls('owner') },
  secrets: secretsOf(shop),
};
console.log(JSON.stringify(facts));

await ended;
broker.close();
await shop.stop();
if (!keep) rmSync(dataDir, { recursive: true, force: true });
process.exit(0);
