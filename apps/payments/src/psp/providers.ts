import type { IncomingHttpHeaders } from 'node:http';
import type { PspPayment } from '../model/payment.ts';
import type { ProviderName } from '../payments.config.ts';
import {
  NotSent,
  PaymentProvider,
  type Authorisation,
  type Cancellation,
  type PaymentRef,
} from './payment-provider.ts';

/** A provider, and how its webhooks show that they are its own. */
export interface Adapter {
  provider: PaymentProvider;
  /** Whether one of the live secrets signed these bytes, no longer ago than is tolerated. */
  hasSigned(headers: IncomingHttpHeaders, body: Buffer): boolean;
}

/** All providers that are configured. Each payment goes to the one where it began, so that `PSP` can be changed while some are under way. */
export class Providers extends PaymentProvider {
  constructor(private readonly adapters: Partial<Record<ProviderName, Adapter>>) {
    super();
  }

  authorise(payment: Authorisation, signal: AbortSignal): Promise<PspPayment> {
    return this.of(payment).authorise(payment, signal);
  }

  capture(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment> {
    return this.of(payment).capture(payment, signal);
  }

  refund(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment> {
    return this.of(payment).refund(payment, signal);
  }

  cancel(payment: Cancellation, signal: AbortSignal): Promise<PspPayment> {
    return this.of(payment).cancel(payment, signal);
  }

  find(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment | undefined> {
    return this.of(payment).find(payment, signal);
  }

  /** Whether a webhook is genuine; none is of a provider that is not configured. */
  hasSigned(name: ProviderName, headers: IncomingHttpHeaders, body: Buffer): boolean {
    return this.adapters[name]?.hasSigned(headers, body) ?? false;
  }

  private of({ provider }: PaymentRef): PaymentProvider {
    const adapter = this.adapters[provider as ProviderName];
    if (!adapter) throw new NotSent(`${provider} is not configured`);
    return adapter.provider;
  }
}
