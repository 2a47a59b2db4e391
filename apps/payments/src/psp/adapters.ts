import { httpClient, type HttpClient } from '@shop/resilience';
import { ShutdownSequence } from '@shop/service-kit';
import {
  isConfigured,
  paymentsSettings,
  type PaymentsConfig,
  type ProviderName,
} from '../payments.config.ts';
import { PaymentProvider } from './payment-provider.ts';
import { Providers, type Adapter } from './providers.ts';
import { sandboxAdapter } from './sandbox.ts';

interface Maker {
  url: (config: PaymentsConfig) => string;
  make: (config: PaymentsConfig, http: HttpClient) => Adapter | Promise<Adapter>;
}

const makers: Record<ProviderName, Maker> = {
  sandbox: { url: ({ PSP_URL }) => PSP_URL, make: sandboxAdapter },
  stripe: {
    url: ({ STRIPE_URL }) => STRIPE_URL,
    // Loaded by whom it serves: it costs memory and time to start.
    make: async (config, http) => (await import('./stripe/stripe.ts')).stripeAdapter(config, http),
  },
};

const providers = {
  provide: Providers,
  inject: [paymentsSettings, ShutdownSequence],
  useFactory: async (config: PaymentsConfig, shutdown: ShutdownSequence): Promise<Providers> => {
    const names = (Object.keys(makers) as ProviderName[]).filter((name) => isConfigured(config, name));
    const entries = names.map(async (name) => {
      const { url, make } = makers[name];
      // The spans and metrics of the provider that new payments go to keep their name, whichever it is.
      const http = clientOf(config, name === config.PSP ? 'psp' : `psp-${name}`, url(config));
      shutdown.add('relay', `${name} client`, () => http.close());
      return [name, await make(config, http)] as const;
    });
    return new Providers(Object.fromEntries(await Promise.all(entries)));
  },
};

/** The providers behind the port. */
export const adapters = [providers, { provide: PaymentProvider, useExisting: Providers }];

const clientOf = (config: PaymentsConfig, name: string, baseUrl: string): HttpClient =>
  httpClient({
    name,
    baseUrl,
    timeoutMs: config.PSP_TIMEOUT_MS,
    // An outcome that is unknown is queried, not repeated: that is decided above.
    retries: 0,
    connections: config.PSP_CONCURRENCY,
    bulkhead: { concurrency: config.PSP_CONCURRENCY, queue: 0 },
    // A few payments that hang must not stop the others: only a provider that fails nearly always is left alone.
    breaker: { failureRate: 0.9, minimumCalls: 50 },
  });
