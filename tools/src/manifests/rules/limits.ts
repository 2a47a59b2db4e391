import { parse } from 'yaml';
import { door } from '../code/edges.ts';
import type { Rule } from './rule.ts';
import { withSecrets } from './settings.ts';

/** What one caller may ask of a shop on the Internet in a window: docs/limits.md says some hundreds. */
const mostOfOne = 1_000;

/** What one caller may take. */
export const limitRules: Rule[] = [
  {
    holds: 'callers are counted by their own address, and once for all replicas',
    faults: (overlay, code) => {
      const gateway = overlay.services.find(({ metadata }) => metadata.name === 'gateway');
      if (overlay.name === 'kind' || !gateway) return [];
      const options = overlay.find('ConfigMap', 'shop-gateway', door.namespace)?.data?.['service'] ?? '{}';
      const { spec } = parse(options) as { spec?: { externalTrafficPolicy?: string } };
      const { RATE_LIMIT, RATE_LIMIT_ANONYMOUS, RATE_LIMIT_STORE } = withSecrets(overlay, gateway, code);
      const limited = [RATE_LIMIT, RATE_LIMIT_ANONYMOUS].every((limit) => Number(limit) <= mostOfOne);
      return [
        ...(spec?.externalTrafficPolicy === 'Local' ? [] : ['a node stands in for whoever calls the door']),
        ...(overlay.name === 'production' && !limited ? ['one caller may take what is there for all'] : []),
        ...(limited && !RATE_LIMIT_STORE ? ['each replica of the gateway counts for itself'] : []),
      ];
    },
  },
];
