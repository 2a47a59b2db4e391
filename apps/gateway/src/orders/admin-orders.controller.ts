import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, Order } from '@shop/contracts';
import { ApiProblems, IdempotencyKeyHeader, Priority, RequireScope, replayedHeader } from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { Orders } from './orders.ts';

@ApiTags('Administration')
@RequireScope('admin')
@ApiProblems(401, 403)
@Controller('v1/admin/orders')
export class AdminOrdersController {
  constructor(private readonly orders: Orders) {}

  @Post(':id/refund')
  @HttpCode(202)
  @Priority('checkout')
  @ApiOperation({ operationId: 'refundOrder', summary: 'Give the money of a confirmed order back' })
  @Answers(202, 'The order', Order, replayedHeader)
  @ApiProblems(404)
  refund(
    @Param('id', { schema: Id }) _id: string,
    @IdempotencyKeyHeader() _key: string,
    @CurrentCall() call: Call,
  ) {
    return this.orders.pass(call);
  }
}
