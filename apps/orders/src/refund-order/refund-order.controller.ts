import { Controller, Param, Post, Res } from '@nestjs/common';
import { Id, Order } from '@shop/contracts';
import {
  ApiAnswer,
  ApiProblems,
  type Caller,
  CurrentCaller,
  IdempotencyKeyHeader,
  RequireScope,
  replayedHeader,
} from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { answerWith } from '../idempotent-answer.ts';
import { SagaRequests } from '../saga/saga-requests.ts';
import { refund } from './refund.ts';

@Controller('v1/admin/orders/:id/refund')
@RequireScope('admin')
export class RefundOrderController {
  constructor(private readonly requests: SagaRequests) {}

  @Post()
  @ApiAnswer(202, 'The order', Order, replayedHeader)
  @ApiProblems(404)
  async refund(
    @CurrentCaller() caller: Caller,
    @IdempotencyKeyHeader() key: string,
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Order> {
    return answerWith(reply, await this.requests.run(caller, key, refund(id)));
  }
}
