import { createTopics } from '@shop/messaging/topics';
import { build, migrate } from './build.ts';
import { startCollector } from './collector.ts';
import { createDatabases, databaseUrl } from './databases.ts';
import { type Infrastructure, type Launch, startBroker, startDatabase } from './infrastructure.ts';
import { type DatabaseName, databaseNames, places } from './settings.ts';

/** Brings up all that services need. Two chains side by side, because each waits mostly for something else: code and databases, Kafka and topics. */
export async function prepare(launch: Launch): Promise<Infrastructure> {
  const [postgres, kafka, collector] = await together(
    databases(launch),
    topics(launch),
    startCollector(launch),
  );
  return { postgres, kafka, collector };
}

async function databases(launch: Launch): Promise<Infrastructure['postgres']> {
  const [postgres] = await together(startDatabase(launch), launch.progress.step('Build', build));
  await launch.progress.step('Databases', async (note) => {
    await createDatabases(postgres.adminUrl, launch.secret);
    note('migrating');
    const env = { ...process.env, NODE_COMPILE_CACHE: places(launch.options.dataDir).compileCache };
    const url = (name: DatabaseName) => databaseUrl(postgres.adminUrl, launch.secret, name, 'owner');
    await Promise.all(databaseNames.map((name) => migrate(name, url(name), env)));
    note(databaseNames.join(', '));
  });
  return postgres;
}

async function topics(launch: Launch): Promise<Infrastructure['kafka']> {
  const kafka = await startBroker(launch);
  await launch.progress.step('Topics', async (note) => {
    const created = await createTopics(kafka.brokers);
    note(created.length > 0 ? `${created.length} created` : 'all there');
  });
  return kafka;
}

/** Waits for all of them also when one fails: only what has finished starting can be stopped. */
async function together<T extends readonly Promise<unknown>[]>(
  ...work: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work) as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
}
