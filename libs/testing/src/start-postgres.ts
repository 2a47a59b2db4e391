import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgres } from './embedded/postgres.ts';
import { freePort } from './free-port.ts';
import { type InfrastructureOptions, useContainers } from './infrastructure.ts';
import { temporaryData } from './temporary-data.ts';

export interface RunningPostgres {
  /** The superuser's URL of the database `postgres`. */
  adminUrl: string;
  kind: 'container' | 'embedded';
  /** 0 for a container. */
  pid: number;
  stop(): Promise<void>;
  /** Ends the server without warning, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
}

export type PostgresOptions = InfrastructureOptions & {
  /** The superuser's; default `postgres`. */
  password?: string;
  /** Whether commits outlive a power cut; default: when there is a `dataDir`. */
  durable?: boolean;
};

const image = () => process.env['POSTGRES_IMAGE'] || 'postgres:18';

/** A real PostgreSQL: a container where a Docker engine answers, else the one from npm. */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  if (await useContainers(options.prefer ?? 'containers', [image()])) return inContainer(options);
  options.log?.('PostgreSQL: embedded (from npm)');
  return options.dataDir ? embedded(options, options.dataDir) : throwAway(options);
}

async function embedded(options: PostgresOptions, dataDir: string): Promise<RunningPostgres> {
  const server = await new EmbeddedPostgres({ durable: true, ...options, dataDir }).start();
  return running(server, () => server.stop());
}

async function throwAway(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = await temporaryData();
  const server = await new EmbeddedPostgres({ ...options, dataDir: join(folder, 'postgres') }).start();
  return running(server, async () => {
    await server.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
}

const running = (server: EmbeddedPostgres, stop: () => Promise<void>): RunningPostgres => ({
  adminUrl: server.adminUrl,
  kind: 'embedded',
  get pid() {
    return server.pid;
  },
  stop,
  kill: () => server.kill(),
  restart: async () => void (await server.start()),
});

async function inContainer({ log, port, password = 'postgres' }: PostgresOptions): Promise<RunningPostgres> {
  log?.(`PostgreSQL: container ${image()}`);
  const [{ PostgreSqlContainer }, { getContainerRuntimeClient }] = await Promise.all([
    import('@testcontainers/postgresql'),
    import('testcontainers'),
  ]);
  const container = await new PostgreSqlContainer(image())
    .withUsername('postgres')
    .withPassword(password)
    .withDatabase('postgres')
    // A port chosen beforehand stays the same when the container is restarted.
    .withExposedPorts({ container: 5432, host: port || (await freePort()) })
    .withCommand(['postgres', '-c', 'max_connections=250', '-c', 'fsync=off', '-c', 'full_page_writes=off'])
    .start();
  return {
    adminUrl: container.getConnectionUri(),
    kind: 'container',
    pid: 0,
    stop: async () => void (await container.stop()),
    kill: async () =>
      void (await (await getContainerRuntimeClient()).container.getById(container.getId()).kill()),
    restart: async () => void (await container.restart()),
  };
}
