import { httpClient, type HttpClient } from '@shop/resilience';
import type { PaymentsConfig } from '../payments.config.ts';
import { apiKey, SandboxProcess } from '../sandbox-process.fixture.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { sandboxAdapter } from './sandbox.ts';
import { stripeAdapter } from './stripe/stripe.ts';
import { stripeKey, StripeStandIn } from './stripe/stripe-stand-in.fixture.ts';

/** What of a provider the contract cannot say: how it is reached, and which tokens make it behave in which way. */
export interface Subject {
  name: string;
  tokens: Record<'ok' | 'declined' | 'insufficientFunds' | 'unknown', string>;
  /** Those of a network that fails; nobody can ask the live service for them. */
  faults?: Record<'lostAnswer' | 'hang' | 'flaky', string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The provider, or one that is asked elsewhere, or with another time limit. */
  provider(how?: { url?: string; timeoutMs?: number }): PaymentProvider;
  close(): Promise<void>;
  /** States of what an order left behind at the provider, in the words of the port. */
  states?(orderId: string): Promise<string[]>;
}

/** Adapters over clients that are closed in the end. */
class Clients {
  private readonly open: HttpClient[] = [];

  to(baseUrl: string, timeoutMs = 10_000): HttpClient {
    const client = httpClient({ name: 'psp', baseUrl, timeoutMs, retries: 0 });
    this.open.push(client);
    return client;
  }

  close = async () => void (await Promise.all(this.open.map((client) => client.close())));
}

function sandbox(): Subject {
  const [psp, clients] = [new SandboxProcess(), new Clients()];
  const config = { PSP_API_KEY: apiKey } as PaymentsConfig;
  return {
    name: 'the sandbox',
    tokens: {
      ok: 'tok_ok',
      declined: 'tok_declined',
      insufficientFunds: 'tok_insufficient_funds',
      unknown: 'tok_made_up',
    },
    faults: { lostAnswer: 'tok_lost_answer', hang: 'tok_hang', flaky: 'tok_flaky' },
    start: async () => void (await psp.start()),
    stop: () => psp.stop(),
    provider: ({ url = psp.url, timeoutMs } = {}) =>
      sandboxAdapter(config, clients.to(url, timeoutMs)).provider,
    close: clients.close,
    states: (orderId) => psp.states(orderId),
  };
}

const words: Record<string, string> = {
  requires_capture: 'authorised',
  succeeded: 'captured',
  canceled: 'voided',
  requires_payment_method: 'declined',
};

function standIn(): Subject {
  const [stripe, clients] = [new StripeStandIn(), new Clients()];
  const config = { STRIPE_SECRET_KEY: stripeKey } as PaymentsConfig;
  return {
    name: 'Stripe, as its documentation has it',
    tokens: stripeTokens,
    faults: { lostAnswer: 'pm_lost_answer', hang: 'pm_hang', flaky: 'pm_flaky' },
    start: async () => void (await stripe.start()),
    stop: () => stripe.stop(),
    provider: ({ url = stripe.url, timeoutMs } = {}) =>
      stripeAdapter(config, clients.to(url, timeoutMs)).provider,
    close: clients.close,
    states: (orderId) =>
      Promise.resolve(
        stripe
          .of(orderId)
          .map(({ status, latest_charge: charge }) => (charge?.refunded ? 'refunded' : words[status]!)),
      ),
  };
}

const stripeTokens = {
  ok: 'pm_card_visa',
  declined: 'pm_card_visa_chargeDeclined',
  insufficientFunds: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  unknown: 'pm_made_up',
};

/** The real one, in its test mode. */
function live(key: string): Subject {
  const clients = new Clients();
  const config = { STRIPE_SECRET_KEY: key } as PaymentsConfig;
  return {
    name: 'Stripe, in test mode',
    tokens: stripeTokens,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    provider: ({ url = 'https://api.stripe.com', timeoutMs = 20_000 } = {}) =>
      stripeAdapter(config, clients.to(url, timeoutMs)).provider,
    close: clients.close,
  };
}

const { STRIPE_SECRET_KEY: key = '' } = process.env;

/** All that are held to the contract. The live service only where somebody gave a test key, and never with another. */
export const subjects = [sandbox(), standIn(), ...(key.startsWith('sk_test_') ? [live(key)] : [])];
