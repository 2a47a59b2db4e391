import { authSettings } from '../auth.ts';
import { seedCatalogue } from './catalogue.ts';
import { collectorFaults } from './collector.ts';
import { type Surroundings, urlsOf } from './environment.ts';
import type { Infrastructure } from './infrastructure.ts';
import { reapLeftovers } from './leftovers.ts';
import type { StartOptions } from './options.ts';
import { preflight } from './preflight.ts';
import { prepare } from './prepare.ts';
import { type Progress, silent, terminalProgress } from './progress.ts';
import { randomPorts } from './random-ports.ts';
import { secretsIn } from './secrets.ts';
import { prepareService, type Service } from './service.ts';
import { places, type Ports, routedNames, type Routes, serviceNames, StartError } from './settings.ts';
import { assemble, type Shop } from './shop.ts';
import { claim, writeState } from './state.ts';
import { Teardown } from './teardown.ts';

/** Starts the whole shop: the one code path of `npm start`, the demo, the benchmark and the end-to-end tests. */
export async function startShop(options: StartOptions): Promise<Shop> {
  const progress = options.progress ?? (options.quiet ? silent : terminalProgress());
  const teardown = new Teardown();
  const { release } = claim(options.dataDir);
  teardown.add(release);
  try {
    return await Promise.race([start(options, progress, teardown), aborted(options.signal)]);
  } catch (error) {
    await teardown.run(silent);
    throw error;
  }
}

const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(new StartError('the start was interrupted'))),
  );

async function start(options: StartOptions, progress: Progress, teardown: Teardown): Promise<Shop> {
  const { dataDir } = options;
  const ports = options.ports === 'random' ? await randomPorts() : options.ports;
  await progress.step('Preflight', async (note) => {
    const leftovers = await reapLeftovers(dataDir);
    if (leftovers > 0) note(`stopped ${leftovers} processes of a killed run`);
    await preflight(dataDir, ports, collectorFaults(options));
  });
  const secret = secretsIn(places(dataDir).secrets);
  const routes = await routesTo(ports, options.route);
  const infrastructure = await prepare({ options, ports, routes, secret, progress, teardown });
  options.signal?.throwIfAborted();
  const around: Surroundings = {
    dataDir,
    ports,
    routes,
    ...(options.route ? throughRoutes(infrastructure, routes) : directly(infrastructure)),
    secret,
    auth: authSettings(dataDir, urlsOf(ports).identity),
    collector: infrastructure.collector,
    extra: options.env ?? {},
  };
  const services = await startServices(options, around, progress, teardown);
  const shop = assemble(around, infrastructure, services, () => teardown.run(progress));
  writeState(shop);
  if (options.seed) await seedCatalogue(shop, progress);
  return shop;
}

async function routesTo(ports: Ports, route: StartOptions['route']): Promise<Routes> {
  const through = async (name: (typeof routedNames)[number]) =>
    [name, route ? await route(name, ports[name]) : ports[name]] as const;
  return Object.fromEntries(await Promise.all(routedNames.map(through))) as Routes;
}

const directly = ({ postgres, kafka }: Infrastructure) => ({
  adminUrl: postgres.adminUrl,
  brokers: kafka.brokers,
});

const throughRoutes = ({ postgres }: Infrastructure, routes: Routes) => ({
  adminUrl: Object.assign(new URL(postgres.adminUrl), { port: routes.postgres }).href,
  brokers: [`127.0.0.1:${routes.kafka}`],
});

/** All but the gateway at once: each waits for what it needs by itself. The gateway last, so that nobody comes in before. */
async function startServices(
  options: StartOptions,
  around: Surroundings,
  progress: Progress,
  teardown: Teardown,
): Promise<Service[]> {
  const tell = (event: string) => progress.line(`  ! ${event}`);
  const services = await Promise.all(
    serviceNames.map((name) => prepareService(name, options.replicas?.[name] ?? 1, around, tell)),
  );
  const behind = services.filter(({ name }) => name !== 'gateway');
  const gateway = services.filter(({ name }) => name === 'gateway');
  const down = (telling: Progress) => (service: Service) =>
    telling.step(service.name, (note) => (note('draining'), service.stop()));
  teardown.add((telling) => Promise.all(behind.map(down(telling))));
  teardown.add((telling) => Promise.all(gateway.map(down(telling))));
  const up = (service: Service) =>
    progress.step(
      service.name,
      (note) => (note(service.processes.map(({ url }) => url).join(', ')), service.start()),
    );
  await Promise.all(behind.map(up));
  await Promise.all(gateway.map(up));
  return services;
}
