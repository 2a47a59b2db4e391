import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startKafkaContainer, kafkaImage } from './kafka-container.ts';
import { findJava, hasMaven, howToInstallJava, installJava, mayInstall } from './embedded/java.ts';
import { EmbeddedKafka, type EmbeddedKafkaOptions } from './embedded/kafka.ts';
import { hasKafka } from './embedded/kafka-jars.ts';
import {
  forcedInfrastructure,
  haveImages,
  type InfrastructureOptions,
  useContainers,
} from './infrastructure.ts';
import { temporaryData } from './temporary-data.ts';

export interface RunningKafka {
  brokers: string[];
  kind: 'external' | 'container' | 'embedded';
  /** 0 unless embedded. */
  pid: number;
  stop(): Promise<void>;
  /** Ends the broker without warning, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
}

export type KafkaOptions = InfrastructureOptions & Pick<EmbeddedKafkaOptions, 'heapMb' | 'advertisedPort'>;

/** A real Kafka broker: the one of `KAFKA_BROKERS`, else a container or a local Java, whichever is preferred and possible. */
export async function startKafka(options: KafkaOptions = {}): Promise<RunningKafka> {
  const external = process.env['KAFKA_BROKERS'];
  if (external) return outside(external.split(','), options);
  if (await useContainers(options.prefer ?? 'containers', [kafkaImage()]))
    return startKafkaContainer(options);
  if (!(await canEmbed())) {
    if (!forcedInfrastructure() && (await haveImages(kafkaImage()))) return startKafkaContainer(options);
    if (!mayInstall()) throw new Error(howToInstallJava());
    await installJava(options.log ?? (() => {}));
  }
  options.log?.('Kafka: embedded (from Maven, on the local Java)');
  return options.dataDir ? embedded(options, options.dataDir) : throwAway(options);
}

async function canEmbed(): Promise<boolean> {
  const [java, maven] = await Promise.all([findJava(), hasKafka() || hasMaven()]);
  return java !== undefined && maven;
}

function outside(brokers: string[], { log }: KafkaOptions): RunningKafka {
  log?.(`Kafka: external, ${brokers.join(',')}`);
  const notOurs = () => Promise.reject(new Error('the broker of KAFKA_BROKERS is not ours to stop'));
  return {
    brokers,
    kind: 'external',
    pid: 0,
    stop: () => Promise.resolve(),
    kill: notOurs,
    restart: notOurs,
  };
}

async function embedded(options: KafkaOptions, dataDir: string): Promise<RunningKafka> {
  const broker = await new EmbeddedKafka({ ...options, dataDir }).start();
  return running(broker, () => broker.stop());
}

async function throwAway(options: KafkaOptions): Promise<RunningKafka> {
  const folder = await temporaryData();
  const broker = await new EmbeddedKafka({ ...options, dataDir: join(folder, 'kafka') }).start();
  return running(broker, async () => {
    await broker.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
}

const running = (broker: EmbeddedKafka, stop: () => Promise<void>): RunningKafka => ({
  brokers: broker.brokers,
  kind: 'embedded',
  get pid() {
    return broker.pid;
  },
  stop,
  kill: () => broker.kill(),
  restart: async () => void (await broker.start()),
});
