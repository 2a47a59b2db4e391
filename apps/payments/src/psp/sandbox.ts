import type { HttpClient } from '@shop/resilience';
import type { PaymentsConfig } from '../payments.config.ts';
import { isSigned, signatureHeader } from '../webhooks/signature.ts';
import type { Adapter } from './providers.ts';
import { SandboxClient } from './sandbox.client.ts';

/** The sandbox, to develop and test with. */
export function sandboxAdapter(config: PaymentsConfig, http: HttpClient): Adapter {
  const { PSP_API_KEY = '', PSP_WEBHOOK_SECRET, PSP_WEBHOOK_SECRET_PREVIOUS } = config;
  const secrets = [PSP_WEBHOOK_SECRET, PSP_WEBHOOK_SECRET_PREVIOUS].filter((secret) => secret !== undefined);
  return {
    provider: new SandboxClient(http, PSP_API_KEY),
    hasSigned: (headers, body) => isSigned(secrets, headers[signatureHeader], body),
  };
}
