import { Body, Controller, Post, Res } from '@nestjs/common';
import { Order, PlaceOrder } from '@shop/contracts';
import {
  ApiAnswer,
  type Caller,
  CurrentCaller,
  IdempotencyKeyHeader,
  Priority,
  RequireScope,
  replayedHeader,
} from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { answerWith } from '../idempotent-answer.ts';
import { OrderPlacing } from './order-placing.ts';

@Controller('v1/orders')
@RequireScope('orders')
export class PlaceOrderController {
  constructor(private readonly placing: OrderPlacing) {}

  @Post()
  @ApiAnswer(202, 'The order, on its way', Order, {
    Location: 'Where to follow the order',
    ...replayedHeader,
  })
  @Priority('checkout')
  async place(
    @CurrentCaller() caller: Caller,
    @IdempotencyKeyHeader() key: string,
    @Body({ schema: PlaceOrder }) order: PlaceOrder,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Order> {
    return answerWith(reply, await this.placing.place({ customerId: caller.id, key, order }));
  }
}
