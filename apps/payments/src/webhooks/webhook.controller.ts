import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Id } from '@shop/contracts';
import { ApiAnswer, RequireSecret } from '@shop/service-kit';
import { z } from 'zod';
import { CallWorker } from '../calls/call-worker.ts';
import { SignatureGuard } from './signature.guard.ts';

const Webhook = z.object({ events: z.array(z.object({ payment: z.object({ reference: Id }) })).max(1_000) });

/** The provider's hint that something changed. Its content is not believed: it only makes the provider be asked sooner. */
@Controller('v1/webhooks/psp')
export class WebhookController {
  constructor(private readonly worker: CallWorker) {}

  @Post()
  @RequireSecret('psp-webhook', SignatureGuard)
  @HttpCode(204)
  @ApiAnswer(204, 'Heard')
  async receive(@Body({ schema: Webhook }) { events }: z.output<typeof Webhook>): Promise<void> {
    await this.worker.hurry([...new Set(events.map(({ payment }) => payment.reference))]);
  }
}
