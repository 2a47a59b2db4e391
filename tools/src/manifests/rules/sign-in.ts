import { door } from '../code/edges.ts';
import type { Overlay } from '../overlay.ts';
import type { Rule } from './rule.ts';

interface Listener {
  protocol: string;
  hostname?: string;
}

/** Where people prove who they are, in overlays that have the double of a provider of identities. */
export const signInRules: Rule[] = [
  {
    holds: 'browsers sign in at the name that tokens say, by TLS wherever that is not a laptop',
    faults: (overlay) => {
      const identity = overlay.services.find(({ metadata }) => metadata.name === 'identity');
      if (!identity) return [];
      const { AUTH_ISSUER = '', IDENTITY_REDIRECT_URIS = '', TRUSTED_HOPS } = overlay.environment(identity);
      const issuer = new URL(AUTH_ISSUER);
      const route = overlay.find<{ hostnames?: string[] }>('HTTPRoute', 'identity')?.spec.hostnames ?? [];
      const addresses = [issuer, ...IDENTITY_REDIRECT_URIS.split(',').map((address) => new URL(address))];
      return [
        ...(route.includes(issuer.hostname) ? [] : [`no route of the door has the name ${issuer.hostname}`]),
        ...(hostsAllowed(overlay).includes(issuer.hostname)
          ? []
          : [`no AuthorizationPolicy of the door lets browsers come to ${issuer.hostname}`]),
        ...(Number(TRUSTED_HOPS) > 0 ? [] : ['the provider does not believe the door about TLS']),
        ...addresses
          .filter(() => overlay.name !== 'kind')
          .filter((address) => !isServed(overlay, address))
          .map(({ origin }) => `the door does not answer at ${origin} by TLS`),
      ];
    },
  },
];

const hostsAllowed = (overlay: Overlay): string[] =>
  overlay
    .of<{ rules?: { to?: { operation: { hosts?: string[] } }[] }[] }>('AuthorizationPolicy')
    .filter(({ metadata }) => metadata.namespace === door.namespace)
    .flatMap(({ spec }) => spec.rules ?? [])
    .flatMap(({ to = [] }) => to.flatMap(({ operation }) => operation.hosts ?? []));

const isServed = (overlay: Overlay, { protocol, hostname }: URL): boolean =>
  protocol === 'https:' &&
  overlay
    .of<{ listeners: Listener[] }>('Gateway')
    .some(({ spec }) =>
      spec.listeners.some((listener) => listener.protocol === 'HTTPS' && listener.hostname === hostname),
    );
