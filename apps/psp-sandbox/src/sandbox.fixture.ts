import { newId } from '@shop/contracts';
import { startService } from '@shop/service-kit';
import type { PaymentView } from './book/payment.ts';
import { pspSandboxConfig } from './psp-sandbox.config.ts';
import { pspSandboxModule } from './psp-sandbox.module.ts';

const apiKey = 'sandbox-api-key';

/** A running sandbox and a merchant who talks to it. */
export async function startSandbox(env: NodeJS.ProcessEnv = {}) {
  const service = await startService({
    name: 'psp-sandbox',
    config: pspSandboxConfig,
    module: pspSandboxModule,
    env: { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', PSP_API_KEY: apiKey, ...env },
  });
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(service.url + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    return { status: response.status, body: (await response.json()) as PaymentView & { code: string } };
  };
  const post = (path: string, key: string, body?: object) =>
    call('POST', path, body, { 'idempotency-key': key });
  const authorise = (token: string, key: string = newId(), change: object = {}) =>
    post('/v1/payments', key, {
      reference: `order of ${key}`,
      amount: { amount: 1999, currency: 'EUR' },
      token,
      ...change,
    });
  return { ...service, call, post, authorise };
}
export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
