import type { Code } from '../code/index.ts';
import type { Workload } from '../objects.ts';
import { type Overlay, title } from '../overlay.ts';
import { replicasOf } from '../replicas.ts';
import type { Rule } from './rule.ts';
import { withSecrets } from './settings.ts';

/** What Stripe takes at once, all replicas together: some hundred requests a second, of half a second each (docs/payments-providers.md). */
const stripe = { atOnce: 50, timeoutMs: 20_000 };
/** What the app takes for Stripe where nothing is said. */
const unsaid = { PSP_CONCURRENCY: 25, PSP_TIMEOUT_MS: 20_000, PSP_LEASE_MS: Infinity };

/** How the payment provider is asked. */
export const providerRules: Rule[] = [
  {
    holds: 'the payment provider is asked no more than it takes, and for as long as a bank may need',
    faults: (overlay, code) => {
      const service = overlay.services.find(({ metadata }) => metadata.name === 'payments');
      if (!service) return [];
      const own = (name: Setting) => settingOf(code, overlay, service, name);
      const isStripe = overlay.environment(service)['PSP'] === 'stripe';
      const replicas = replicasOf(overlay, service).most;
      const atOnce = own('PSP_CONCURRENCY') * replicas;
      const timeoutMs = own('PSP_TIMEOUT_MS');
      return [
        ...(!isStripe || own('PSP_LEASE_MS') > timeoutMs
          ? []
          : ['its calls are taken over while they are made']),
        ...(isStripe && atOnce > stripe.atOnce
          ? [`${replicas} replicas make ${atOnce} calls at once, Stripe takes ${stripe.atOnce}`]
          : []),
        ...(isStripe && timeoutMs < stripe.timeoutMs
          ? [`waits ${timeoutMs} ms, a bank may need ${stripe.timeoutMs}`]
          : []),
      ].map((fault) => `${title(service)}: ${fault}`);
    },
  },
];

type Setting = 'PSP_CONCURRENCY' | 'PSP_TIMEOUT_MS' | 'PSP_LEASE_MS';

function settingOf({ apps, secrets }: Code, overlay: Overlay, service: Workload, name: Setting): number {
  const given = withSecrets(overlay, service, { secrets })[name];
  return Number(apps.get('payments')?.settings[name]?.safeParse(given).data ?? unsaid[name]);
}
