import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Id, Order, OrderPage, OrderQuery, PlaceOrder, Timeline } from '@shop/contracts';
import {
  ApiAnswer,
  ApiProblems,
  IdempotencyKeyHeader,
  Priority,
  RequireScope,
  replayedHeader,
} from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { Orders } from './orders.ts';

@ApiTags('Orders')
@RequireScope('orders')
@ApiProblems(401, 403)
@Controller('v1/orders')
export class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Post()
  @HttpCode(202)
  @Priority('checkout')
  @ApiOperation({ operationId: 'placeOrder', summary: 'Order; the answer comes before the outcome' })
  @Answers(202, 'The order, on its way', Order, { Location: 'Where to follow the order', ...replayedHeader })
  @ApiProblems(413, 415)
  place(
    @Body({ schema: PlaceOrder }) _order: PlaceOrder,
    @IdempotencyKeyHeader() _key: string,
    @CurrentCall() call: Call,
  ) {
    return this.orders.pass(call);
  }

  @Get()
  @Priority('checkout')
  @ApiOperation({ operationId: 'listOrders', summary: 'Your orders, newest first' })
  @Answers(200, 'A page of orders', OrderPage)
  list(@Query({ schema: OrderQuery }) _query: OrderQuery, @CurrentCall() call: Call) {
    return this.orders.pass(call);
  }

  @Get(':id')
  @RequireScope('orders', { owner: true })
  @Priority('checkout')
  @ApiOperation({ operationId: 'getOrder', summary: 'One of your orders' })
  @Answers(200, 'The order', Order)
  @ApiProblems(404)
  get(@Param('id', { schema: Id }) _id: string, @CurrentCall() call: Call) {
    return this.orders.pass(call);
  }

  @Get(':id/timeline')
  @RequireScope('orders', { owner: true })
  @Priority('checkout')
  @ApiOperation({ operationId: 'getTimeline', summary: 'All that happened to an order, at once or live' })
  @ApiHeader({
    name: 'Accept',
    required: false,
    description: '`text/event-stream` for a live stream that ends with the order',
    schema: { type: 'string' },
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Resumes a live stream after this entry',
    schema: { type: 'string' },
  })
  // Swagger has one schema for both; of a stream, each event's data is one of the items.
  @ApiProduces('application/json', 'text/event-stream')
  @Answers(200, 'The timeline, or a live stream of it', Timeline)
  @ApiAnswer(204, 'The stream has nothing more to say')
  @ApiProblems(404)
  timeline(@Param('id', { schema: Id }) _id: string, @CurrentCall() call: Call) {
    return this.orders.timeline(call);
  }

  @Post(':id/cancel')
  @RequireScope('orders', { owner: true })
  @HttpCode(202)
  @Priority('checkout')
  @ApiOperation({ operationId: 'cancelOrder', summary: 'Cancel an order that is not paid yet' })
  @Answers(202, 'The order', Order, replayedHeader)
  @ApiProblems(404)
  cancel(
    @Param('id', { schema: Id }) _id: string,
    @IdempotencyKeyHeader() _key: string,
    @CurrentCall() call: Call,
  ) {
    return this.orders.pass(call);
  }
}
