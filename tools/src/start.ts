import { relative } from 'node:path';
import { flags } from './runner/arguments.ts';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';
import { dataFolder, port, portsFrom, StartError } from './runner/settings.ts';
import { endOnSignals, raised } from './runner/signals.ts';
import { startShop } from './runner/start-shop.ts';
import { firstSteps, serviceTable } from './runner/table.ts';

const { telemetry } = flags(
  `usage: npm start [-- --telemetry]

Starts PostgreSQL, Kafka and all services, loads the catalogue at the first start, and shows where everything is.
Ctrl-C drains and stops everything; the data stays.

--telemetry                  keep metrics as well as traces, and show both on a page

SHOP_DATA                    where data, logs and mails are kept; .shop
GATEWAY_PORT, CATALOG_PORT, INVENTORY_PORT, ORDERS_PORT, PAYMENTS_PORT,
NOTIFICATIONS_PORT, IDENTITY_PORT, PSP_SANDBOX_PORT, POSTGRES_PORT, KAFKA_PORT
                             other ports than the documented ones
KAFKA_BROKERS                brokers that run already, instead of a Kafka of its own
SHOP_NO_INSTALL=1            never install Java and Maven, also not as root
OTEL_EXPORTER_OTLP_ENDPOINT  send traces there; else they are kept in memory, on OTLP_PORT (4318)
AUTH_ISSUER, AUTH_JWKS_URL    another identity provider; docs/identity.md says what else it needs
LOG_LEVEL                    of the services; info
NO_COLOR                     plain output`,
  ['telemetry'],
);

const since = performance.now();
const progress = terminalProgress();
const dataDir = dataFolder();
const signal = endOnSignals(dataDir, progress);

try {
  progress.line(
    `\n${paint.bold('shop')} ${paint.dim(`data in ${relative(process.cwd(), dataDir) || dataDir}`)}\n`,
  );
  const tracing = { port: port('OTLP_PORT', process.env['OTLP_PORT'], 4318), page: telemetry };
  const shop = await startShop({
    dataDir,
    ports: portsFrom(process.env),
    seed: true,
    tracing,
    progress,
    signal,
  });
  progress.line(`\n${serviceTable(shop)}\n`);
  progress.line(
    `${paint.green('Ready')} in ${((performance.now() - since) / 1000).toFixed(1)} s. Ctrl-C stops everything.\n`,
  );
  progress.line(firstSteps(shop));
  await raised(signal);
  await shop.stop();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`\n${paint.red(error.message)}\n`);
  process.exitCode = signal.aborted ? 130 : 1;
}
