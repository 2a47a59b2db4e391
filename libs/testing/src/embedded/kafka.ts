import type { ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { eventually } from '../eventually.ts';
import { freePort } from '../free-port.ts';
import { ClassArchive } from './class-archive.ts';
import { findJava, howToInstallJava, type Java } from './java.ts';
import { fetchKafka, log4jFile } from './kafka-jars.ts';
import { isRunning, reap, startDaemon, stopProcess, tail } from './process.ts';
import { serverProperties } from './server-properties.ts';

export interface EmbeddedKafkaOptions {
  dataDir: string;
  logFile?: string;
  /** Default: any free port. */
  port?: number;
  /** Where clients are told to connect, when something stands between them and the broker. */
  advertisedPort?: number;
  /** Java's heap; default 256. */
  heapMb?: number;
  log?: (line: string) => void;
}

/** A real Apache Kafka broker in KRaft mode on 127.0.0.1, from Maven artifacts. It survives a SIGKILL of its parent; the next start on the same folder stops it first. */
export class EmbeddedKafka {
  readonly #options: EmbeddedKafkaOptions;
  readonly #folder: string;
  #port = 0;
  #child: ChildProcess | undefined;
  #archive: ClassArchive | undefined;

  constructor(options: EmbeddedKafkaOptions) {
    this.#options = options;
    this.#folder = resolve(options.dataDir);
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.#port}`];
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<this> {
    const java = await findJava();
    if (!java) throw new Error(howToInstallJava());
    const jars = await fetchKafka(this.#options.log ?? (() => {}));
    mkdirSync(this.#folder, { recursive: true });
    await reap(this.#pidFile, this.#properties);
    this.#port = this.#options.port || this.#port || (await freePort());
    await this.#format(java, jars);
    this.#archive = new ClassArchive(jars, java);
    this.#child = startDaemon({
      command: java.command,
      args: [
        ...this.#archive.options(),
        ...javaOptions(jars, this.#options.heapMb ?? 256),
        'kafka.Kafka',
        this.#properties,
      ],
      logFile: this.#logFile,
      pidFile: this.#pidFile,
      cwd: this.#folder,
    });
    await eventually(() => this.#answers(), {
      timeoutMs: 90_000,
      everyMs: 100,
      message: 'Kafka did not answer',
    });
    this.#child.unref();
    return this;
  }

  async stop(): Promise<void> {
    await stopProcess(this.pid, this.#properties, ['SIGTERM'], 30_000);
    if (this.#child?.signalCode !== 'SIGKILL') this.#archive?.keep();
    rmSync(this.#pidFile, { force: true });
  }

  /** Ends the broker without warning, as a crash would. */
  async kill(): Promise<void> {
    await stopProcess(this.pid, this.#properties, []);
    this.#archive?.discard();
  }

  /** Kills the broker and removes its data. */
  async destroy(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #properties(): string {
    return join(this.#folder, 'server.properties');
  }

  get #pidFile(): string {
    return join(this.#folder, 'kafka.pid');
  }

  get #logFile(): string {
    return this.#options.logFile ?? join(dirname(this.#folder), 'kafka.log');
  }

  /** Writes the settings; gives the storage an identity the first time, in a folder that gets its name when it is whole. */
  async #format(java: Java, jars: string): Promise<void> {
    const store = join(this.#folder, 'store');
    const write = async (folder: string) =>
      writeFileSync(
        this.#properties,
        serverProperties({
          port: this.#port,
          advertisedPort: this.#options.advertisedPort ?? this.#port,
          controllerPort: await freePort(),
          folder,
        }),
      );
    if (!existsSync(store)) {
      const fresh = `${store}.new`;
      rmSync(fresh, { recursive: true, force: true });
      await write(fresh);
      // The leading zero keeps the id from starting with '-', which the tool would take for an option.
      const id = Buffer.from(randomUUID().replaceAll('-', '').replace(/^./, '0'), 'hex').toString(
        'base64url',
      );
      const format = ['kafka.tools.StorageTool', 'format', '-t', id, '-c', this.#properties];
      await promisify(execFile)(java.command, [...javaOptions(jars, 128), ...format], { cwd: this.#folder });
      renameSync(fresh, store);
    }
    await write(store);
  }

  async #answers(): Promise<void> {
    if (!isRunning(this.pid, this.#properties)) throw new Error(`Kafka ended:\n${tail(this.#logFile)}`);
    const admin = new Kafka({
      brokers: this.brokers,
      logLevel: logLevel.NOTHING,
      connectionTimeout: 1_000,
      retry: { retries: 0 },
    }).admin();
    try {
      await admin.connect();
      const { controller } = await admin.describeCluster();
      if (controller === null || controller < 0) throw new Error('the controller is not elected yet');
    } finally {
      await admin.disconnect();
    }
  }
}

/** Serial collector and the quick compiler only: the broker is small, and its cores are shared with the services. */
const javaOptions = (jars: string, heapMb: number): string[] => [
  `-Xmx${heapMb}m`,
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:-UsePerfData',
  '-Djava.awt.headless=true',
  `-Dlog4j2.configurationFile=${log4jFile}`,
  '-cp',
  join(jars, '*'),
];
