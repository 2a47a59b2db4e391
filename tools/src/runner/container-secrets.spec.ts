import { describe, expect, it } from '@jest/globals';
import { containerSecrets } from './container-secrets.ts';

const folders = containerSecrets((name) => `<${name}>`, 'postgres:5432');
const holding = (secret: string) =>
  Object.entries(folders)
    .filter(([, files]) => Object.values(files).some((text) => text.includes(encodeURIComponent(secret))))
    .map(([folder]) => folder);

describe('the secrets of the containers', () => {
  it('show each database to its own service, and its owner to its migrations', () => {
    expect(holding('<orders_app>')).toEqual(['orders']);
    expect(holding('<orders_owner>')).toEqual(['orders-migrations']);
    expect(folders['orders']).toMatchObject({
      'database-url': 'postgres://orders_app:%3Corders_app%3E@postgres:5432/orders',
    });
  });

  it('show the superuser to nobody but the setup', () => {
    const everywhere = Object.entries(folders).filter(([, files]) =>
      Object.values(files).some((text) => text.includes('<postgres>')),
    );
    expect(everywhere.map(([folder]) => folder)).toEqual(['setup', 'postgres']);
  });

  it('show what the gateway proves itself with to it and to the provider of identities', () => {
    const holders = Object.entries(folders).filter(([, files]) =>
      Object.values(files).includes('<gateway-client>'),
    );
    expect(holders.map(([folder]) => folder)).toEqual(['identity', 'gateway']);
  });

  it('show the provider’s key to the two that talk', () => {
    const talking = Object.entries(folders).filter(([, files]) => 'psp-api-key' in files);
    expect(talking.map(([folder]) => folder)).toEqual(['payments', 'psp-sandbox']);
  });
});
