import { Controller, Param, Post, Res } from '@nestjs/common';
import { Id, Order } from '@shop/contracts';
import {
  ApiAnswer,
  ApiProblems,
  type Caller,
  CurrentCaller,
  IdempotencyKeyHeader,
  Priority,
  RequireScope,
  replayedHeader,
} from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { answerWith } from '../idempotent-answer.ts';
import { SagaRequests } from '../saga/saga-requests.ts';
import { cancellation } from './cancellation.ts';

@Controller('v1/orders/:id/cancel')
@RequireScope('orders', { owner: true })
export class CancelOrderController {
  constructor(private readonly requests: SagaRequests) {}

  @Post()
  @ApiAnswer(202, 'The order', Order, replayedHeader)
  @ApiProblems(404)
  @Priority('checkout')
  async cancel(
    @CurrentCaller() caller: Caller,
    @IdempotencyKeyHeader() key: string,
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Order> {
    return answerWith(reply, await this.requests.run(caller, key, cancellation(id, caller)));
  }
}
