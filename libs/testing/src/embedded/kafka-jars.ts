import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const pom = fileURLToPath(new URL('../../kafka/pom.xml', import.meta.url));

/** Log settings for the broker: warnings, and the line that says it started. */
export const log4jFile = fileURLToPath(new URL('../../kafka/log4j2.xml', import.meta.url));

/** Where Apache Kafka's jars lie, or will after `fetchKafka`: a folder of the user's cache, one for each content of the pom. */
export function kafkaFolder(): string {
  const cache =
    process.env['XDG_CACHE_HOME'] || join(homedir(), platform() === 'darwin' ? 'Library/Caches' : '.cache');
  return join(
    cache,
    'shop',
    `kafka-${createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12)}`,
  );
}

export const hasKafka = (): boolean => existsSync(kafkaFolder());

/** Downloads Apache Kafka through Maven (about 45 MB), once. Two at the same time do not disturb each other. */
export async function fetchKafka(log: (line: string) => void): Promise<string> {
  const folder = kafkaFolder();
  if (existsSync(folder)) return folder;
  log('downloading Apache Kafka through Maven (45 MB, once)');
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`];
    await promisify(execFile)('mvn', ['-B', '-q', '-f', pom, ...goal], {
      maxBuffer: 16 << 20,
      timeout: 600_000,
    });
    if (!existsSync(folder)) renameSync(partial, folder);
  } catch (error) {
    const { stdout = '', message } = error as { stdout?: string; message: string };
    throw new Error(
      `Maven could not download Apache Kafka: ${stdout.trim().split('\n').slice(0, 5).join('\n') || message}`,
      { cause: error },
    );
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}
