import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CustomerId, CustomerOrderPage, CustomerOrderQuery, Erasure } from '@shop/contracts';
import { ApiProblems, Priority, RequireScope } from '@shop/service-kit';
import { type Call, CurrentCall } from '../call.ts';
import { Answers } from '../docs/answers.ts';
import { Orders } from '../orders/orders.ts';

@ApiTags('Administration')
@RequireScope('admin')
@ApiProblems(401, 403)
@Controller('v1/admin/customers/:customerId')
export class AdminCustomersController {
  constructor(private readonly orders: Orders) {}

  @Get('orders')
  @Priority('batch')
  @ApiOperation({
    operationId: 'listOrdersOfCustomer',
    summary: 'All that is held about a customer’s orders, newest first',
  })
  @Answers(200, 'A page of orders with address and timeline', CustomerOrderPage)
  list(
    @Param('customerId', { schema: CustomerId }) _customerId: string,
    @Query({ schema: CustomerOrderQuery }) _query: CustomerOrderQuery,
    @CurrentCall() call: Call,
  ) {
    return this.orders.pass(call);
  }

  @Post('erasure')
  @HttpCode(200)
  @Priority('batch')
  @ApiOperation({
    operationId: 'eraseCustomer',
    summary:
      'Delete what identifies a customer; orders that are under way keep it until they end. Safe to repeat',
  })
  @Answers(200, 'What was erased, and what stays', Erasure)
  erase(@Param('customerId', { schema: CustomerId }) _customerId: string, @CurrentCall() call: Call) {
    return this.orders.pass(call);
  }
}
