import { startKafka, startPostgres } from '@shop/testing';

/**
 * PostgreSQL and Kafka for one test run, in a process of their own: they end when its standard input does, so also when the run
 * was killed. Prints one line of JSON when both are ready.
 */
const log = (line: string): void => console.error(line);
const starting = [
  offered('SHOP_TEST_POSTGRES', async () => {
    const { adminUrl, stop } = await startPostgres({ log });
    return { variable: { SHOP_TEST_POSTGRES: adminUrl }, stop };
  }),
  offered('SHOP_TEST_KAFKA', async () => {
    const { brokers, stop } = await startKafka({ log });
    return { variable: { SHOP_TEST_KAFKA: brokers.join(',') }, stop };
  }),
];

// Ctrl-C reaches the whole process group; the tests still need the servers while they wind up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.resume().on('end', () => void stop(0));

await Promise.all(starting).then(
  (servers) => console.log(JSON.stringify(Object.assign({}, ...servers.map(({ variable }) => variable)))),
  (error: Error) => {
    log(error.stack ?? error.message);
    return stop(1);
  },
);

/** What the environment names already is used as it is. */
async function offered(name: string, start: () => Promise<{ variable: object; stop: () => Promise<void> }>) {
  return process.env[name] ? { variable: {}, stop: () => Promise.resolve() } : start();
}

async function stop(code: number): Promise<void> {
  await Promise.allSettled(starting.map(async (server) => (await server).stop()));
  process.exit(code);
}
