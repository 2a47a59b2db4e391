import { databaseUrl } from './databases.ts';
import { type DatabaseName, databaseNames, type ServiceName } from './settings.ts';

type Files = Record<string, string>;

/** The secrets of a shop in containers: a folder for each container, with the files that it needs and no other. */
export function containerSecrets(
  secret: (name: string) => string,
  postgresAddress: string,
): Record<string, Files> {
  const adminUrl = `postgres://postgres:${secret('postgres')}@${postgresAddress}/postgres`;
  const urlOf = (name: DatabaseName, role: 'owner' | 'app') => databaseUrl(adminUrl, secret, name, role);
  const cursor = { 'cursor-secret': secret('cursor') };
  const psp = { 'psp-api-key': secret('psp-api-key'), 'psp-webhook-secret': secret('psp-webhook') };
  const app = (name: DatabaseName) => ({ 'database-url': urlOf(name, 'app') });
  const client = secret('gateway-client');
  const services: Record<Exclude<ServiceName, 'notifications'>, Files> = {
    identity: { 'cookie-secret': secret('identity-cookies'), 'gateway-client-secret': client },
    gateway: { 'client-secret': client },
    catalog: { ...app('catalog'), ...cursor },
    inventory: app('inventory'),
    orders: { ...app('orders'), ...cursor },
    payments: { ...app('payments'), ...psp },
    'psp-sandbox': psp,
  };
  const migrations = databaseNames.map(
    (name) => [`${name}-migrations`, { 'database-url': urlOf(name, 'owner') }] as const,
  );
  return {
    ...services,
    ...Object.fromEntries(migrations),
    setup: { 'admin-url': adminUrl },
    postgres: { password: secret('postgres') },
  };
}
