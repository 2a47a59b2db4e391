import { describe, expect, it } from '@jest/globals';
import { clusterSecrets, secretObjects } from './secrets.ts';

describe('the Secrets of a cluster', () => {
  const objects = secretObjects(
    clusterSecrets((name) => `secret of ${name}`, 'key', { 'signing-1.pem': 'a key' }),
  );
  const of = (namespace: string) =>
    objects.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name);

  it('lie where their pods do: what makes the databases beside them, everything else with the services', () => {
    expect(of('data').sort()).toEqual(['postgres', 'setup']);
    expect(of('shop')).toEqual(expect.arrayContaining(['gateway', 'identity-keys', 'orders-migrations']));
    expect(objects).toHaveLength(of('data').length + of('shop').length);
  });

  it('name PostgreSQL as the cluster does', () => {
    expect(JSON.stringify(objects)).toContain('@postgres.data:5432/orders');
  });
});
