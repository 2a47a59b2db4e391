import { picks, type Selector } from '../objects.ts';
import { podLabels, title } from '../overlay.ts';
import { meshedNamespaces } from '../pods.ts';
import type { Rule } from './rule.ts';

interface RequestAuthenticationSpec {
  selector?: Selector;
  jwtRules: { issuer: string; audiences: string[]; jwksUri: string; forwardOriginalToken?: boolean }[];
}

/** Whose tokens are good. */
export const tokenRules: Rule[] = [
  {
    holds: 'the mesh trusts the tokens that the services trust, and hands them on',
    faults: (overlay) => {
      const gateway = overlay.services.find(({ metadata }) => metadata.name === 'gateway');
      const { AUTH_ISSUER, AUTH_AUDIENCE, AUTH_JWKS_URL = '' } = gateway ? overlay.environment(gateway) : {};
      // A short name is that of a Service in the namespace of who asks.
      const keys = AUTH_JWKS_URL.replace(/^http:\/\/(\w+)\//, 'http://$1.shop.svc.cluster.local/');
      const checks = overlay.of<RequestAuthenticationSpec>('RequestAuthentication');
      const wrong = checks.filter(({ spec }) =>
        spec.jwtRules.some(
          (rule) =>
            rule.issuer !== AUTH_ISSUER ||
            rule.audiences.join() !== AUTH_AUDIENCE ||
            rule.jwksUri !== keys ||
            !rule.forwardOriginalToken,
        ),
      );
      return checks.length
        ? wrong.map(
            (check) => `${title(check)} differs from AUTH_ISSUER ${AUTH_ISSUER}, ${AUTH_AUDIENCE}, ${keys}`,
          )
        : ['nothing checks tokens before the services do'];
    },
  },
  {
    holds: 'whoever reads tokens has a sidecar that reads them first',
    faults: (overlay) =>
      overlay.services
        .filter(({ metadata }) => meshedNamespaces(overlay).includes(metadata.namespace ?? ''))
        .filter((service) => 'AUTH_JWKS_URL' in overlay.environment(service))
        .filter(
          (service) =>
            !overlay
              .of<RequestAuthenticationSpec>('RequestAuthentication')
              .some(
                ({ metadata, spec }) =>
                  metadata.namespace === service.metadata.namespace &&
                  spec.selector &&
                  picks(spec.selector, podLabels(service)),
              ),
        )
        .map((service) => `${title(service)} reads tokens, its sidecar does not (RequestAuthentication)`),
  },
];
