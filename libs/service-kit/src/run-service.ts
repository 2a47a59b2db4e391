import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { httpConfig, loadConfig } from '@shop/config';
import type { AdaptiveLimiter } from '@shop/resilience';
import { logger, shutdownTelemetry, startTelemetry } from '@shop/tracing';
import type { z } from 'zod';
import { requireAccessRules } from './auth/access-rules.ts';
import { operationalRoutes } from './health/operational-routes.ts';
import { HealthChecks } from './health/health-checks.ts';
import { AllowedMethods } from './http/allowed-methods.ts';
import { fastifyOptions } from './http/fastify-options.ts';
import { acceptOnlyJson } from './http/json-body.ts';
import { LoadShedding } from './http/load-shedding.ts';
import { RequestHooks } from './http/request-hooks.ts';
import { applyBodyLimits } from './http/route-config.ts';
import { nestLogger } from './nest-logger.ts';
import { ProblemFilter } from './problem/problem.filter.ts';
import { ServiceKitModule } from './service-kit.module.ts';
import { drainHttp } from './shutdown/drain-http.ts';
import { endWithProcess } from './shutdown/end-with-process.ts';
import type { ProcessHost } from './shutdown/process-host.ts';
import { ShutdownSequence } from './shutdown/shutdown-sequence.ts';
import type { RunningService, ServiceOptions } from './start-service.ts';
import { ValidationPipe } from './validation/validation.pipe.ts';

const log = logger('start');

/** Starts a service; whatever goes wrong is thrown. */
export async function runService<S extends z.ZodObject>(
  options: ServiceOptions<S>,
  host: ProcessHost,
  limiter?: AdaptiveLimiter,
): Promise<RunningService> {
  const config = loadConfig(options.config, options.env);
  // The app's schema may leave these to the defaults.
  const { HOST, PORT, SHUTDOWN_GRACE_MS } = httpConfig(0).parse(config);
  await startTelemetry(options.name);

  const hooks = new RequestHooks(new LoadShedding(limiter));
  const app = await createApp(options, config, hooks);
  const close = once(() => closeInOrder(app, hooks, SHUTDOWN_GRACE_MS));
  const { end, release } = endWithProcess(host, {
    // Telemetry ends last, so that all of the ending is still reported.
    close: () => close().then(shutdownTelemetry),
    pending: () => app.get(ShutdownSequence).pending,
    graceMs: SHUTDOWN_GRACE_MS,
  });
  try {
    requireAccessRules(app);
    await app.startAllMicroservices();
    await app.listen(PORT, HOST);
  } catch (error) {
    release();
    await close();
    throw error;
  }
  const url = urlOf(app, HOST);
  log.info({ url, startup_ms: Math.round(process.uptime() * 1_000) }, `${options.name} is ready`);
  void options.until?.(app, config).then(
    () => {
      // Somebody who is stopping it already decides what becomes of the process.
      if (!app.get(ShutdownSequence).draining.aborted) end(0);
    },
    (error: unknown) => {
      log.fatal({ err: error }, 'could not go on');
      end(1);
    },
  );
  return { app, url, close: () => close().finally(release) };
}

async function createApp<S extends z.ZodObject>(
  { module, transports = [] }: ServiceOptions<S>,
  config: z.output<S>,
  hooks: RequestHooks,
): Promise<NestFastifyApplication> {
  const allowed = new AllowedMethods();
  const adapter = new FastifyAdapter({
    ...fastifyOptions,
    trustProxy: trusting(httpConfig(0).parse(config).TRUSTED_HOPS),
    skipMiddie: true,
  });
  const fastify = adapter.getInstance();
  allowed.watch(fastify);
  applyBodyLimits(fastify);
  acceptOnlyJson(fastify);
  adapter.setOnRequestHook(hooks.onRequest);
  hooks.addTo(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(
    ServiceKitModule.around(module(config)),
    adapter,
    {
      logger: nestLogger,
      bodyParser: false,
      abortOnError: false,
    },
  );
  app.useGlobalFilters(new ProblemFilter(allowed));
  app.useGlobalPipes(new ValidationPipe());
  operationalRoutes(fastify, app.get(HealthChecks));
  for (const transport of transports) {
    const strategy = app.get(transport, { strict: false });
    app.connectMicroservice({ strategy });
    app.get(ShutdownSequence).add('consumers', transport.name, async () => void (await strategy.close()));
  }
  return app;
}

/** The nearest is hop 0. Fastify reads X-Forwarded-* only if there is somebody to trust. */
const trusting = (hops: number) => hops > 0 && ((_address: string, hop: number) => hop < hops);

/** HTTP, then consumers, work, relay and database, then what Nest destroys. */
async function closeInOrder(
  app: NestFastifyApplication,
  hooks: RequestHooks,
  graceMs: number,
): Promise<void> {
  const sequence = app.get(ShutdownSequence);
  app.get(HealthChecks).drain();
  hooks.drain();
  sequence.begin();
  await sequence.step('http', () => drainHttp(app.getHttpServer(), graceMs / 2));
  await sequence.run();
  await sequence.step('application', () => app.close());
}

function urlOf(app: NestFastifyApplication, host: string): string {
  const { port } = app.getHttpServer().address() as { port: number };
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
}

function once<T>(work: () => T): () => T {
  let result: { value: T } | undefined;
  return () => (result ??= { value: work() }).value;
}
