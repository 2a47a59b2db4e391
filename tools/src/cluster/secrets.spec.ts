import { describe, expect, it } from '@jest/globals';
import { clusterSecrets, secretObjects } from './secrets.ts';

describe('the Secrets of a cluster', () => {
  const secrets = clusterSecrets((name) => `secret of ${name}`, 'key', { 'signing-1.pem': 'a key' });
  const objects = secretObjects(secrets);
  const of = (namespace: string) =>
    objects.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name);

  it('lie where their pods do: what makes the databases beside them, everything else with the services', () => {
    expect(of('data').sort()).toEqual(['postgres', 'setup']);
    expect(of('shop')).toEqual(expect.arrayContaining(['gateway', 'identity-keys', 'orders-migrations']));
    expect(objects).toHaveLength(of('data').length + of('shop').length);
  });

  it('name PostgreSQL as the cluster does', () => {
    expect(JSON.stringify(secrets)).toContain('@postgres.data:5432/orders');
  });

  it('are written as the cluster keeps them', () => {
    const keys = objects.find(({ metadata }) => metadata.name === 'identity-keys');
    expect(keys?.data).toEqual({ 'signing-1.pem': Buffer.from('a key').toString('base64') });
  });
});
