import { Body, Controller, Post, Res } from '@nestjs/common';
import { type Order, PlaceOrder } from '@shop/contracts';
import { type Caller, CurrentCaller, IdempotencyKeyHeader, Priority, RequireScope } from '@shop/service-kit';
import type { FastifyReply } from 'fastify';
import { answerWith } from '../idempotent-answer.ts';
import { OrderPlacing } from './order-placing.ts';

@Controller('v1/orders')
@RequireScope('orders')
export class PlaceOrderController {
  constructor(private readonly placing: OrderPlacing) {}

  @Post()
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
