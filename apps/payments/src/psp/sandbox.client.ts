import type { HttpClient, HttpResponse } from '@shop/resilience';
import { z } from 'zod';
import type { PspPayment } from '../model/payment.ts';
import { outcomeOf, reasonOf } from './outcome-of.ts';
import { OutcomeUnknown, PaymentProvider, type Authorisation, type PaymentRef } from './payment-provider.ts';

const Refusal = z.object({ code: z.string(), message: z.string() });
const SandboxPayment = z.object({
  id: z.string(),
  state: z.enum(['authorised', 'captured', 'voided', 'refunded', 'declined']),
  decline: Refusal.nullable(),
});
const Cancelled = z.object({ payment: SandboxPayment.nullable() });
const ProblemBody = z.object({ code: z.string(), title: z.string() });

const conflict = 409;

/** The sandbox PSP over HTTP. */
export class SandboxClient extends PaymentProvider {
  constructor(
    private readonly http: HttpClient,
    private readonly apiKey: string,
  ) {
    super();
  }

  authorise(payment: Authorisation, signal: AbortSignal): Promise<PspPayment> {
    const { orderId, amount, token } = payment;
    return this.change(payment, 'authorise', '/v1/payments', signal, { reference: orderId, amount, token });
  }

  capture(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment> {
    return this.change(payment, 'capture', `/v1/payments/${payment.pspId}/capture`, signal);
  }

  refund(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment> {
    return this.change(payment, 'refund', `/v1/payments/${payment.pspId}/refund`, signal);
  }

  async cancel(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment> {
    const response = await this.send('POST', `${underKey(payment)}/cancel`, signal);
    const { payment: cancelled } = await this.read(Cancelled, response);
    return cancelled ? seen(cancelled) : { state: 'voided' };
  }

  async find(payment: PaymentRef, signal: AbortSignal): Promise<PspPayment | undefined> {
    const response = await this.send('GET', underKey(payment), signal);
    return response.status === 404 ? undefined : seen(await this.read(SandboxPayment, response));
  }

  private async change(
    payment: PaymentRef,
    step: string,
    path: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<PspPayment> {
    const response = await this.send('POST', path, signal, { key: `${payment.paymentId}:${step}`, body });
    if (response.status !== conflict) return seen(await this.read(SandboxPayment, response));
    // The payment is not in the state that the step needs; which one it is in answers the question.
    const { code, title } = ProblemBody.parse(await response.json());
    const found = await this.find(payment, signal);
    if (!found) return { state: 'voided', refusal: { code, message: title } };
    return { refusal: { code, message: title }, ...found };
  }

  private async send(
    method: string,
    path: string,
    signal: AbortSignal,
    extra: { key?: string; body?: object } = {},
  ): Promise<HttpResponse> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.apiKey}` };
    if (extra.key) headers['idempotency-key'] = extra.key;
    if (extra.body) headers['content-type'] = 'application/json';
    const body = extra.body && JSON.stringify(extra.body);
    try {
      return await this.http.request({ method, path, headers, body, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw method === 'GET' ? new OutcomeUnknown(reasonOf(error), { cause: error }) : outcomeOf(error);
    }
  }

  private async read<T>(schema: z.ZodType<T>, response: HttpResponse): Promise<T> {
    if (response.status >= 300) throw new OutcomeUnknown(`status ${response.status}`);
    return schema.parse(await response.json());
  }
}

const underKey = ({ paymentId }: PaymentRef) =>
  `/v1/payments/by-key/${encodeURIComponent(`${paymentId}:authorise`)}`;

function seen({ id, state, decline }: z.output<typeof SandboxPayment>): PspPayment {
  return decline ? { id, state, refusal: decline } : { id, state };
}
