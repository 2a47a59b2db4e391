import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './network.ts';

const everybodys = ['istio-system/istiod:15012', 'kube-system/kube-dns:53', 'observability/collector:4318'];
const asItShouldBe = {
  shop: everybodys,
  data: everybodys,
  other: ['istio-ingress/shop-istio:80', 'default/kubernetes:443'],
  mesh: [{ status: 503, trace: false, text: 'upstream connect error or disconnect/reset before headers.' }],
  doors: ['istio-ingress/shop-istio'],
};

describe('the network', () => {
  it('is as it should be, if pods reach what every pod needs, and others the door', () => {
    expect(faultsOf(asItShouldBe)).toEqual([]);
  });

  it.each([
    [{ shop: [...everybodys, 'shop/orders:80'] }, 'a pod without a policy reaches shop/orders:80'],
    [
      { data: [...everybodys, 'istio-system/istiod:443'] },
      'a pod without a policy reaches istio-system/istiod:443',
    ],
    // Otherwise it would be shut to everybody, for another reason.
    [{ shop: everybodys.slice(1) }, 'not every pod reaches istio-system/istiod:15012'],
    [{ other: asItShouldBe.other.slice(1) }, 'the door is shut'],
    [{ other: asItShouldBe.other.slice(0, 1) }, 'a pod of another namespace reaches nothing of others'],
    [{ other: [...asItShouldBe.other, 'data/kafka:9092'] }, 'another namespace reaches data/kafka:9092'],
    [
      { mesh: [{ status: 403, trace: false, text: 'RBAC: access denied' }] },
      'through a sidecar: 403 RBAC: access denied',
    ],
    [{ doors: [...asItShouldBe.doors, 'shop/orders'] }, 'shop/orders is open to the outside'],
  ])('%j is a fault', (change, fault) => {
    expect(faultsOf({ ...asItShouldBe, ...change })).toEqual([fault]);
  });
});
