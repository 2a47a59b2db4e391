import { stopProcess } from '@shop/testing';
import { places } from '@shop/tools';
import type { Field, Kind } from './kind.ts';

const SHUTDOWN_MS = 30_000;

const kind = (name: string, target: 'postgres' | 'kafka', strike: (field: Field) => Promise<void>): Kind => ({
  name,
  draw: () => ({ target, detail: '', fromStart: true, strike }),
});

/** An orderly stop, as an operator does it. */
const restartPostgres = async ({ shop }: Field): Promise<void> => {
  await stopProcess(shop.postgres.pid, places(shop.dataDir).postgres, ['SIGINT'], SHUTDOWN_MS);
  await shop.postgres.restart();
};

const killPostgres = async ({ shop }: Field): Promise<void> => {
  await shop.postgres.kill();
  await shop.postgres.restart();
};

const restartKafka = async ({ shop }: Field): Promise<void> => {
  await shop.kafka.stop();
  await shop.kafka.restart();
};

const killKafka = async ({ shop }: Field): Promise<void> => {
  await shop.kafka.kill();
  await shop.kafka.restart();
};

export const serverKinds: Kind[] = [
  kind('broker restart', 'kafka', restartKafka),
  kind('broker kill -9', 'kafka', killKafka),
  kind('database restart', 'postgres', restartPostgres),
  kind('database kill -9', 'postgres', killPostgres),
];
