import { join } from 'node:path';
import { type RunningKafka, type RunningPostgres, startKafka, startPostgres } from '@shop/testing';
import type { TelemetryReceiver } from '../telemetry/receiver.ts';
import type { StartOptions } from './options.ts';
import type { Progress } from './progress.ts';
import { places, type Ports, type Routes } from './settings.ts';
import type { Teardown } from './teardown.ts';

export interface Infrastructure {
  postgres: RunningPostgres;
  kafka: RunningKafka;
  collector: TelemetryReceiver | undefined;
}

/** What every step of a start works with. */
export interface Launch {
  options: StartOptions;
  ports: Ports;
  routes: Routes;
  secret: (name: string) => string;
  progress: Progress;
  teardown: Teardown;
}

export const startDatabase = ({
  options,
  ports,
  secret,
  progress,
  teardown,
}: Launch): Promise<RunningPostgres> =>
  progress.step('PostgreSQL', async (note) => {
    note(`starting on ${ports.postgres}`);
    const { postgres, logs } = places(options.dataDir);
    const durable = options.durable ?? options.ports !== 'random';
    const place = { dataDir: postgres, logFile: join(logs, 'postgres.log'), port: ports.postgres };
    const server = await startPostgres({
      ...place,
      prefer: 'embedded',
      password: secret('postgres'),
      durable,
      log: (line) => note(withoutName(line)),
    });
    teardown.add((telling) => telling.step('PostgreSQL', (say) => (say('stopping'), server.stop())));
    note(`${server.kind}, 127.0.0.1:${ports.postgres}`);
    return server;
  });

export const startBroker = ({ options, ports, routes, progress, teardown }: Launch): Promise<RunningKafka> =>
  progress.step('Kafka', async (note) => {
    note(`starting on ${ports.kafka}`);
    const { kafka, logs } = places(options.dataDir);
    const broker = await startKafka({
      dataDir: kafka,
      logFile: join(logs, 'kafka.log'),
      port: ports.kafka,
      advertisedPort: routes.kafka,
      prefer: 'embedded',
      log: (line) => note(withoutName(line)),
    });
    teardown.add((telling) => telling.step('Kafka', (say) => (say('stopping'), broker.stop())));
    note(`${broker.kind}, ${broker.brokers.join(', ')}`);
    return broker;
  });

/** The step has the name already. */
const withoutName = (line: string): string => line.replace(/^(Kafka|PostgreSQL): /, '');
