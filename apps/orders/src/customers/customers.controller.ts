import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  CustomerId,
  type CustomerOrder,
  CustomerOrderPage,
  CustomerOrderQuery,
  Erasure,
  type Page,
} from '@shop/contracts';
import { ApiAnswer, type Caller, CurrentCaller, RequireScope } from '@shop/service-kit';
import { EraseCustomer } from './erase-customer.ts';
import { ExportCustomer } from './export-customer.ts';

/** What the law lets a customer ask of us, and somebody has to do for them (docs/personal-data.md). */
@Controller('v1/admin/customers/:customerId')
@RequireScope('admin')
export class CustomersController {
  constructor(
    private readonly exportCustomer: ExportCustomer,
    private readonly eraseCustomer: EraseCustomer,
  ) {}

  @Get('orders')
  @ApiAnswer(200, 'A page of orders with address and timeline, newest first', CustomerOrderPage)
  list(
    @CurrentCaller() caller: Caller,
    @Param('customerId', { schema: CustomerId }) customerId: string,
    @Query({ schema: CustomerOrderQuery }) query: CustomerOrderQuery,
  ): Promise<Page<CustomerOrder>> {
    return this.exportCustomer.page(customerId, query, caller.id);
  }

  @Post('erasure')
  @HttpCode(200)
  @ApiAnswer(200, 'What was erased, and what stays', Erasure)
  erase(
    @CurrentCaller() caller: Caller,
    @Param('customerId', { schema: CustomerId }) customerId: string,
  ): Promise<Erasure> {
    return this.eraseCustomer.run(customerId, caller.id);
  }
}
