import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Java {
  command: string;
  /** All that it says about its version. */
  banner: string;
}

/** A Java 17 or newer, or undefined. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<Java | undefined> {
  const home = env['JAVA_HOME'];
  const candidates = [...(home ? [join(home, 'bin', 'java')] : []), 'java'];
  for (const command of candidates) {
    const banner = await run(command, ['-version']).then(
      ({ stderr }) => stderr,
      () => '',
    );
    if (majorVersion(banner) >= 17) return { command, banner };
  }
  return undefined;
}

/** `openjdk version "21.0.5" …` → 21; `"1.8.0_412"` → 1. */
export const majorVersion = (banner: string): number => Number(/version "(\d+)/.exec(banner)?.[1] ?? 0);

export const hasMaven = (): Promise<boolean> =>
  run('mvn', ['--version']).then(
    () => true,
    () => false,
  );

/** Whether we may and can install system packages ourselves. */
export const mayInstall = (): boolean =>
  process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && !process.env['SHOP_NO_INSTALL'];

/** Installs the two packages that Kafka needs, on Debian and Ubuntu. */
export async function installJava(log: (line: string) => void): Promise<void> {
  log(
    'Kafka needs Java 17 and Maven: installing default-jre-headless and maven with apt-get (SHOP_NO_INSTALL=1 forbids it)',
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'default-jre-headless', 'maven'], {
    env,
    maxBuffer: 64 << 20,
  });
}

/** What a person has to type to get Java and Maven. */
export function howToInstallJava(): string {
  const command = installCommand();
  return `Kafka needs one of: KAFKA_BROKERS=host:port of a running Kafka, Java 17 or newer with Maven, or a Docker engine.\nFor Java and Maven: ${command}`;
}

function installCommand(): string {
  if (platform() === 'darwin') return 'brew install openjdk maven';
  if (existsSync('/usr/bin/apt-get')) return 'sudo apt-get install default-jre-headless maven';
  if (existsSync('/usr/bin/dnf')) return 'sudo dnf install java-21-openjdk-headless maven';
  return 'install the packages of your system, for example openjdk-21-jre-headless and maven';
}
