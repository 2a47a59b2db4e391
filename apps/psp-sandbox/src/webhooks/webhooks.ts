import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@shop/contracts';
import { fullJitter, httpClient, type HttpClient } from '@shop/resilience';
import { ShutdownSequence } from '@shop/service-kit';
import { logger } from '@shop/tracing';
import { setTimeout as pause } from 'node:timers/promises';
import type { Payment } from '../book/payment.ts';
import { pspSettings, type PspSandboxConfig } from '../psp-sandbox.config.ts';
import { sign, signatureHeader } from './signature.ts';

export interface WebhookEvent {
  id: string;
  type: `payment.${Payment['state']}`;
  createdAt: string;
  payment: { id: string; reference: string };
}

/** Events gather for this long, so that a rush costs its receiver few requests. */
const gatherMs = 250;
const most = { events: 250, waiting: 10_000, attempts: 6 };
const backOff = { baseMs: 500, maxMs: 30_000 };

/** Tells the merchant what changed, in order, several changes at once; gives up on a request after some attempts. */
@Injectable()
export class Webhooks {
  private readonly log = logger('webhooks');
  private readonly stopping = new AbortController();
  private readonly client: HttpClient | undefined;
  private waiting: WebhookEvent[] = [];
  private sending: Promise<void> | undefined;

  constructor(
    @Inject(pspSettings) private readonly settings: PspSandboxConfig,
    shutdown: ShutdownSequence,
  ) {
    const url = settings.PSP_WEBHOOK_URL;
    if (url)
      this.client = httpClient({
        name: 'merchant',
        baseUrl: url,
        timeoutMs: 5_000,
        retries: 0,
        connections: 2,
      });
    shutdown.add('work', 'webhooks', () => this.stop());
  }

  /** Never fails and never waits: what the book says is true whether the merchant listens or not. */
  announce(payment: Payment): void {
    if (!this.client || this.waiting.length >= most.waiting) return;
    const { id, reference, state } = payment;
    this.waiting.push({
      id: newId(),
      type: `payment.${state}`,
      createdAt: new Date().toISOString(),
      payment: { id, reference },
    });
    this.sending ??= this.drain(this.client).finally(() => (this.sending = undefined));
  }

  private async drain(client: HttpClient): Promise<void> {
    const { signal } = this.stopping;
    while (this.waiting.length > 0 && !signal.aborted) {
      if (this.waiting.length < most.events)
        await pause(gatherMs, undefined, { signal }).catch(() => undefined);
      await this.deliver(client, JSON.stringify({ events: this.waiting.splice(0, most.events) }));
    }
  }

  private async deliver(client: HttpClient, body: string): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 1; attempt <= most.attempts && !signal.aborted; attempt++) {
      if (await this.accepted(client, body)) return;
      await pause(fullJitter(attempt, backOff.baseMs, backOff.maxMs), undefined, { signal }).catch(
        () => undefined,
      );
    }
    this.log.warn({ attempts: most.attempts }, 'the merchant did not take a webhook; it is dropped');
  }

  private async accepted(client: HttpClient, body: string): Promise<boolean> {
    const { PSP_WEBHOOK_URL = '', PSP_WEBHOOK_SECRET, PSP_WEBHOOK_SECRET_PREVIOUS } = this.settings;
    const secrets = [PSP_WEBHOOK_SECRET, PSP_WEBHOOK_SECRET_PREVIOUS].filter(
      (secret) => secret !== undefined,
    );
    const { pathname, search } = new URL(PSP_WEBHOOK_URL);
    const signature = sign(secrets, body, Math.floor(Date.now() / 1_000));
    const headers = { 'content-type': 'application/json', [signatureHeader]: signature };
    try {
      const { status } = await client.request({
        method: 'POST',
        path: pathname + search,
        headers,
        body,
        signal: this.stopping.signal,
      });
      return status < 300;
    } catch {
      return false;
    }
  }

  private async stop(): Promise<void> {
    this.stopping.abort();
    await this.sending;
    await this.client?.close();
  }
}
