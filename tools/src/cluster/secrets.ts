import type { KubernetesObject } from '../manifests/objects.ts';
import { containerSecrets } from '../runner/container-secrets.ts';

type Files = Record<string, string>;

/** Who lives beside the data, not beside the services. */
const besideData = ['setup', 'postgres'];

/**
 * The Secrets of a shop in a cluster: those of its containers, with the key that passwords are derived from for who makes the
 * databases, and the keys that sign tokens (the files of the folder `auth`) for the provider of identities.
 */
export function clusterSecrets(
  secret: (name: string) => string,
  key: string,
  signingKeys: Files,
): Record<string, Files> {
  const files = containerSecrets(secret, 'postgres.data:5432');
  return { ...files, setup: { ...files['setup'], 'secret.key': key }, 'identity-keys': signingKeys };
}

/** As objects for kubectl. */
export const secretObjects = (secrets: Record<string, Files>): KubernetesObject[] =>
  Object.entries(secrets).map(([name, files]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: besideData.includes(name) ? 'data' : 'shop',
      labels: { 'app.kubernetes.io/part-of': 'shop' },
    },
    type: 'Opaque',
    data: encoded(files),
    spec: undefined,
  }));

/** As the cluster keeps them, so that what is there can be compared with what should be. */
const encoded = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('base64')]),
  );
