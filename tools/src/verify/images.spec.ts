import { expect, it } from '@jest/globals';
import type { KubernetesObject } from '../manifests/objects.ts';
import { namesIn } from './images.ts';

const running = (...images: string[]): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'any' },
  spec: { template: { spec: { containers: images.map((image) => ({ name: 'app', image })) } } },
});

it('an image that runs is called as it runs, and those of others are not ours', () => {
  const names = namesIn([
    running('shop/orders:1a2b3c4d5e6f', 'istio/proxyv2:1.31.0'),
    running('ghcr.io/owner/shop/order-invoice@sha256:12'),
  ]);
  expect(Object.fromEntries(names)).toEqual({
    'shop/orders:dev': 'shop/orders:1a2b3c4d5e6f',
    'shop/order-invoice:dev': 'ghcr.io/owner/shop/order-invoice@sha256:12',
  });
});
