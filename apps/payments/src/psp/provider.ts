import { httpClient } from '@shop/resilience';
import { ShutdownSequence } from '@shop/service-kit';
import { paymentsSettings, type PaymentsConfig } from '../payments.config.ts';
import { PaymentProvider } from './payment-provider.ts';
import { SandboxClient } from './sandbox.client.ts';

/** The provider that `PSP` names. */
export const provider = {
  provide: PaymentProvider,
  inject: [paymentsSettings, ShutdownSequence],
  useFactory: (config: PaymentsConfig, shutdown: ShutdownSequence): PaymentProvider => {
    const http = httpClient({
      name: 'psp',
      baseUrl: config.PSP_URL,
      timeoutMs: config.PSP_TIMEOUT_MS,
      // An outcome that is unknown is queried, not repeated: that is decided above.
      retries: 0,
      connections: config.PSP_CONCURRENCY,
      bulkhead: { concurrency: config.PSP_CONCURRENCY, queue: 0 },
      // A few payments that hang must not stop the others: only a provider that fails nearly always is left alone.
      breaker: { failureRate: 0.9, minimumCalls: 50 },
    });
    shutdown.add('relay', 'psp client', () => http.close());
    return new SandboxClient(http, config.PSP_API_KEY);
  },
};
