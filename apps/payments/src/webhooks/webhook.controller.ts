import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Id } from '@shop/contracts';
import { ApiAnswer } from '@shop/service-kit';
import { z } from 'zod';
import type { WebhookEvent } from '../calls/call-rows.ts';
import { CallWorker } from '../calls/call-worker.ts';
import type { ProviderName } from '../payments.config.ts';
import { SignedBy } from './signature.guard.ts';

const SandboxWebhook = z.object({
  events: z.array(z.object({ id: z.string().max(255), payment: z.object({ reference: Id }) })).max(1_000),
});

/** Of all that Stripe sends. What belongs to a payment of ours carries the order's id; others on the same account put there what they like. */
const StripeWebhook = z.object({
  id: z.string().max(255),
  data: z.object({
    object: z.object({ metadata: z.object({ order_id: Id.optional().catch(undefined) }).nullish() }),
  }),
});

const WebhookReceipt = z
  .strictObject({ result: z.enum(['received', 'already-received']) })
  .meta({ id: 'WebhookReceipt' });
type WebhookReceipt = z.output<typeof WebhookReceipt>;

/** A provider's hint that something changed. Its content is not believed: it only makes the provider be asked sooner. */
@Controller('v1/webhooks')
export class WebhookController {
  constructor(private readonly worker: CallWorker) {}

  @Post('psp')
  @SignedBy('sandbox')
  @HttpCode(200)
  @ApiAnswer(200, 'Heard, now or before', WebhookReceipt)
  fromSandbox(
    @Body({ schema: SandboxWebhook }) body: z.output<typeof SandboxWebhook>,
  ): Promise<WebhookReceipt> {
    return this.take(
      'sandbox',
      body.events.map(({ id, payment }) => ({ id, orderId: payment.reference })),
    );
  }

  @Post('stripe')
  @SignedBy('stripe')
  @HttpCode(200)
  @ApiAnswer(200, 'Heard, now or before', WebhookReceipt)
  fromStripe(@Body({ schema: StripeWebhook }) body: z.output<typeof StripeWebhook>): Promise<WebhookReceipt> {
    return this.take('stripe', [{ id: body.id, orderId: body.data.object.metadata?.order_id ?? null }]);
  }

  private async take(provider: ProviderName, events: WebhookEvent[]): Promise<WebhookReceipt> {
    const fresh = await this.worker.hurry(provider, events);
    return { result: fresh > 0 || events.length === 0 ? 'received' : 'already-received' };
  }
}
