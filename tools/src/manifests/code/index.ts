import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topics } from '@shop/contracts';
import { subscriptions } from '@shop/messaging/topics';
import { clusterSecrets } from '../../cluster/secrets.ts';
import { databaseNames } from '../../runner/settings.ts';
import { type App, readApps } from './app.ts';

/** What the code says, for the manifests to agree with. */
export interface Code {
  apps: ReadonlyMap<string, App>;
  topics: readonly string[];
  subscriptions: Readonly<Record<string, readonly string[]>>;
  databases: readonly string[];
  /** The files of each Secret. */
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The probes that the service kit answers. */
  probes: readonly string[];
  /** The text of the programs that run once, which says what they read. */
  onceText: string;
}

/** Everything, from the sources. */
export async function readCode(root: string): Promise<Code> {
  const text = (...files: string[]) => files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const health = text('libs/service-kit/src/health/operational-routes.ts');
  return {
    apps: await readApps(root),
    topics: Object.values(topics),
    subscriptions,
    databases: databaseNames,
    secrets: {
      ...clusterSecrets((name) => `secret-of-${name}`, 'key', {}),
      // Only a platform has a mail server.
      notifications: { 'smtp-url': 'smtps://shop:secret@smtp.mail.example:465' },
    },
    probes: [...health.matchAll(/'(\/health\/\w+)'/g)].map(([, path = '']) => path),
    onceText: text('libs/persistence/src/migrate.ts', 'libs/config/src/sections.ts', ...setups(root)),
  };
}

const setups = (root: string): string[] => globSync('tools/src/setup/*.ts', { cwd: root }).sort();
