import type { Grant } from '../grants.ts';
import type { Overlay } from '../overlay.ts';
import type { VirtualServiceSpec } from '../rules/traffic.ts';
import { type Mistake, settingsOf, spec, without } from './change.fixture.ts';

const operations = (overlay: Overlay, name: string): Grant[] =>
  spec<{ rules: { to: { operation: Grant }[] }[] }>(overlay, 'AuthorizationPolicy', name).rules.flatMap(
    ({ to }) => to.map(({ operation }) => operation),
  );

/** In who may call whom, and how. */
export const trafficMistakes: readonly Mistake[] = [
  {
    what: 'the AuthorizationPolicy of orders is removed',
    breaks: 'the mesh allows every call that the code makes, to its method and path',
    make: (overlay) => without(overlay, 'AuthorizationPolicy', 'orders'),
  },
  {
    what: 'a policy lets the gateway delete products',
    breaks: 'the mesh allows no call that the code does not make',
    make: (overlay) => void operations(overlay, 'catalog')[0]!.methods!.push('DELETE'),
  },
  {
    what: 'a policy names a service account that nobody has',
    breaks: 'every principal of a policy is a service account that there is',
    make: (overlay) => without(overlay, 'ServiceAccount', 'catalog-migrations'),
  },
  {
    what: 'the NetworkPolicy of inventory is removed',
    breaks: 'the network lets through every connection that the code needs',
    make: (overlay) => without(overlay, 'NetworkPolicy', 'inventory'),
  },
  {
    what: 'a NetworkPolicy lets everybody into PostgreSQL, and everybody out of the gateway',
    breaks: 'the network lets no connection through that the code does not need',
    make: (overlay) => {
      spec<{ ingress: object[] }>(overlay, 'NetworkPolicy', 'postgres').ingress.push({});
      spec<{ egress: object[] }>(overlay, 'NetworkPolicy', 'gateway').egress.push({});
    },
  },
  {
    what: 'nothing denies by default any more',
    breaks: 'every namespace of ours denies by default, in the network and in the mesh',
    make: (overlay) => without(overlay, 'NetworkPolicy', 'default-deny', 'shop'),
  },
  {
    what: 'plaintext is accepted',
    breaks: 'whoever has no certificate is not heard',
    make: (overlay) => {
      spec<{ mtls: object }>(overlay, 'PeerAuthentication', 'default').mtls = { mode: 'PERMISSIVE' };
    },
  },
  {
    what: 'the sidecar of payments does not know the provider',
    breaks: 'a sidecar knows those whom its service calls, and nobody else',
    make: (overlay) =>
      void spec<{ egress: { hosts: string[] }[] }>(overlay, 'Sidecar', 'payments').egress[0]!.hosts.splice(
        1,
        1,
      ),
  },
  {
    what: 'a write without a key is repeated',
    breaks: 'only what has no effect twice is repeated, and by one layer',
    make: (overlay) => {
      spec<VirtualServiceSpec>(overlay, 'VirtualService', 'orders').http.at(-1)!.retries = { attempts: 2 };
    },
  },
  {
    what: 'the gateway repeats as well as Envoy',
    breaks: 'only what has no effect twice is repeated, and by one layer',
    make: (overlay) => {
      settingsOf(overlay, 'gateway')['UPSTREAM_RETRIES'] = '2';
    },
  },
  {
    what: 'a call by the gateway may take longer than the call of it',
    breaks: 'whoever waits outside waits longer than whoever waits inside',
    make: (overlay) => {
      spec<VirtualServiceSpec>(overlay, 'VirtualService', 'orders').http.at(-1)!.timeout = '30s';
    },
  },
  {
    what: 'the only sandbox there is may be ejected',
    breaks:
      'every service that is called has a bound on connections, and ejects who fails, if another can stand in',
    make: (overlay) => {
      spec<{ trafficPolicy: Record<string, unknown> }>(
        overlay,
        'DestinationRule',
        'psp-sandbox',
      ).trafficPolicy['outlierDetection'] = {};
    },
  },
  {
    what: 'a namespace does not let its pods reach the control plane',
    breaks: 'every pod in the mesh reaches its control plane, names and the collector',
    make: (overlay) => without(overlay, 'NetworkPolicy', 'every-pod', 'shop'),
  },
  {
    what: 'the door lets nobody change a product',
    breaks: 'every public route passes the door',
    make: (overlay) => {
      for (const { methods = [] } of operations(overlay, 'shop')) methods.splice(methods.indexOf('PATCH'), 1);
    },
  },
  {
    what: 'a canary shifts reads alone',
    breaks: 'whoever shifts traffic names routes that there are, between two versions',
    where: 'staging',
    make: (overlay) => {
      const { http } = spec<VirtualServiceSpec>(overlay, 'VirtualService', 'orders');
      http.at(-1)!.name = 'others';
    },
  },
  {
    what: 'the door believes another issuer than the services',
    breaks: 'the mesh trusts the tokens that the services trust, and hands them on',
    make: (overlay) => {
      spec<{ jwtRules: { issuer: string }[] }>(overlay, 'RequestAuthentication', 'shop').jwtRules[0]!.issuer =
        'x';
    },
  },
];
