import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** In the order in which they start; the gateway opens the door last. */
export const serviceNames = [
  'identity',
  'psp-sandbox',
  'catalog',
  'inventory',
  'orders',
  'payments',
  'notifications',
  'gateway',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What runs only while there is work for it, so it is built but not started. */
export const functionNames = ['order-invoice'] as const;

/** The services that own a database. */
export const databaseNames = ['catalog', 'inventory', 'orders', 'payments'] as const;
export type DatabaseName = (typeof databaseNames)[number];

/** What the services reach through a port that a caller of {@link startShop} may put something in front of. */
export const routedNames = ['postgres', 'kafka', 'psp-sandbox'] as const;
export type RoutedName = (typeof routedNames)[number];
export type Routes = Record<RoutedName, number>;

export type PortName = ServiceName | 'postgres' | 'kafka';
export type Ports = Record<PortName, number>;

const defaults: Ports = {
  identity: 8086,
  'psp-sandbox': 8090,
  catalog: 8081,
  inventory: 8082,
  orders: 8083,
  payments: 8084,
  notifications: 8085,
  gateway: 8080,
  postgres: 55432,
  kafka: 59092,
};

export const portNames = Object.keys(defaults) as PortName[];

/** `psp-sandbox` → `PSP_SANDBOX_PORT`. */
export const portVariable = (name: string): string => `${name.toUpperCase().replaceAll('-', '_')}_PORT`;

/** The documented ports, each overridable by its variable. */
export function portsFrom(env: NodeJS.ProcessEnv): Ports {
  return Object.fromEntries(
    portNames.map((name) => [name, port(portVariable(name), env[portVariable(name)], defaults[name])]),
  ) as Ports;
}

/** Where the local run keeps everything: `SHOP_DATA`, else `.shop` at the root. */
export const dataFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(root, env['SHOP_DATA'] || '.shop');

/** The places inside the data folder. */
export const places = (dataDir: string) => ({
  auth: join(dataDir, 'auth'),
  postgres: join(dataDir, 'postgres'),
  kafka: join(dataDir, 'kafka'),
  logs: join(dataDir, 'logs'),
  mail: join(dataDir, 'mail'),
  invoices: join(dataDir, 'invoices'),
  psp: join(dataDir, 'psp'),
  pids: join(dataDir, 'pids'),
  secrets: join(dataDir, 'secret.key'),
  state: join(dataDir, 'run.json'),
  compileCache: join(dataDir, 'compile-cache'),
});

export function port(name: string, value: string | undefined, fallback: number): number {
  if (!value) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new StartError(`${name} must be a port number, not "${value}"`);
  return number;
}

/** Something the person at the terminal can put right: shown without a stack. */
export class StartError extends Error {}
