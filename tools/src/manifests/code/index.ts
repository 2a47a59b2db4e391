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

/** What only a platform has: a mail server, a store of limits, and a provider that takes real money. In the form in which the apps want it. */
const platform = { notifications: { 'smtp-url': 'smtps://shop:secret@smtp.mail.example:465' } };
const store = { 'rate-limit-store': 'rediss://shop:secret@redis.shop.example:6379' };
const stripe = { 'stripe-secret-key': 'sk_test_key', 'stripe-webhook-secret': 'whsec_0123456789abcdef' };

/** Everything, from the sources. */
export async function readCode(root: string): Promise<Code> {
  const text = (...files: string[]) => files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const health = text('libs/service-kit/src/health/operational-routes.ts');
  const made = clusterSecrets((name) => `secret-of-${name}`, 'key', {});
  return {
    apps: await readApps(root),
    topics: Object.values(topics),
    subscriptions,
    databases: databaseNames,
    secrets: {
      ...made,
      ...platform,
      gateway: { ...made['gateway'], ...store },
      payments: { ...made['payments'], ...stripe },
    },
    probes: [...health.matchAll(/'(\/health\/\w+)'/g)].map(([, path = '']) => path),
    onceText: text('libs/persistence/src/migrate.ts', 'libs/config/src/sections.ts', ...setups(root)),
  };
}

const setups = (root: string): string[] => globSync('tools/src/setup/*.ts', { cwd: root }).sort();
