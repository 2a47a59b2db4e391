import { join } from 'node:path';
import type { AuthSettings } from '../auth.ts';
import { databaseUrl } from './databases.ts';
import {
  type DatabaseName,
  databaseNames,
  places,
  type Ports,
  root,
  type Routes,
  type ServiceName,
  serviceNames,
} from './settings.ts';

export interface Surroundings {
  dataDir: string;
  ports: Ports;
  /** The ports by which services reach what is not theirs. */
  routes: Routes;
  adminUrl: string;
  brokers: string[];
  secret: (name: string) => string;
  auth: AuthSettings;
  collector: { url: string; page: boolean } | undefined;
  /** What the caller adds or overrules, for all services or one. */
  extra: Partial<Record<ServiceName | 'all', Record<string, string>>>;
}

/** The environment of one service. Two things of ours must not reach it by inheritance: a port and a database meant for something else. */
export function serviceEnvironment(name: ServiceName, port: number, around: Surroundings): NodeJS.ProcessEnv {
  const { PORT: _port, DATABASE_URL: _url, NODE_OPTIONS: _options, ...inherited } = process.env;
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    ...inherited,
    ...common(around),
    ...identities(name, around),
    ...telemetry(around.collector),
    OTEL_SERVICE_NAME: name,
    PORT: String(port),
    ...(isDatabase(name) && { DATABASE_URL: databaseUrl(around.adminUrl, around.secret, name, 'app') }),
    ...around.extra.all,
    ...around.extra[name],
  };
}

export const urlsOf = (ports: Ports): Record<ServiceName, string> =>
  Object.fromEntries(serviceNames.map((name) => [name, `http://127.0.0.1:${ports[name]}`])) as Record<
    ServiceName,
    string
  >;

const isDatabase = (name: string): name is DatabaseName =>
  (databaseNames as readonly string[]).includes(name);

function common({ dataDir, ports, routes, brokers, secret, auth }: Surroundings): Record<string, string> {
  const urls = urlsOf(ports);
  return {
    ...auth,
    KAFKA_BROKERS: brokers.join(','),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    CATALOG_URL: urls.catalog,
    INVENTORY_URL: urls.inventory,
    ORDERS_URL: urls.orders,
    PAYMENTS_URL: urls.payments,
    PSP_URL: `http://127.0.0.1:${routes['psp-sandbox']}`,
    PSP_WEBHOOK_URL: `${urls.payments}/v1/webhooks/psp`,
    PSP_API_KEY: secret('psp-api-key'),
    PSP_WEBHOOK_SECRET: secret('psp-webhook'),
    CURSOR_SECRET: secret('cursor'),
    PSP_DATA: places(dataDir).psp,
    MAIL_DIR: places(dataDir).mail,
    NODE_COMPILE_CACHE: places(dataDir).compileCache,
  };
}

/** What the provider of identities knows about others, and what the gateway proves its own with. */
function identities(
  name: ServiceName,
  { dataDir, ports, secret }: Surroundings,
): Record<string, string | undefined> {
  const gatewaySecret = secret('gateway-client');
  if (name === 'gateway') {
    return {
      AUTH_TOKEN_URL: process.env['AUTH_TOKEN_URL'] || `${urlsOf(ports).identity}/token`,
      AUTH_CLIENT_ID: process.env['AUTH_CLIENT_ID'] || 'gateway',
      AUTH_CLIENT_SECRET: process.env['AUTH_CLIENT_SECRET'] || gatewaySecret,
    };
  }
  if (name !== 'identity') return {};
  return {
    IDENTITY_KEYS: places(dataDir).auth,
    IDENTITY_USERS: process.env['IDENTITY_USERS'] || join(root, 'apps/identity/data/development-users.json'),
    IDENTITY_REDIRECT_URIS:
      process.env['IDENTITY_REDIRECT_URIS'] || `http://localhost:${ports.gateway}/signed-in`,
    IDENTITY_COOKIE_SECRET: secret('identity-cookies'),
    GATEWAY_CLIENT_SECRET: gatewaySecret,
  };
}

/** Often, because somebody watches. Logs stay in their files. */
export const telemetry = (collector: Surroundings['collector']): Record<string, string> =>
  collector
    ? {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_TRACES_SAMPLER: process.env['OTEL_TRACES_SAMPLER'] || 'parentbased_always_on',
        OTEL_BSP_SCHEDULE_DELAY: '500',
        OTEL_METRICS_EXPORTER: collector.page ? 'otlp' : 'none',
        OTEL_METRIC_EXPORT_INTERVAL: '2000',
        OTEL_LOGS_EXPORTER: 'none',
      }
    : {};
