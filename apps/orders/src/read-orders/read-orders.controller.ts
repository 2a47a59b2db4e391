import { Controller, Get, Param, Query } from '@nestjs/common';
import { Id, Order, OrderPage, OrderQuery, type Page } from '@shop/contracts';
import { Database } from '@shop/persistence';
import { ApiAnswer, ApiProblems, type Caller, CurrentCaller, RequireScope } from '@shop/service-kit';
import { ListOrders } from './list-orders.ts';
import { readOrder } from './order-rows.ts';

@Controller('v1/orders')
@RequireScope('orders')
export class ReadOrdersController {
  constructor(
    private readonly database: Database,
    private readonly listOrders: ListOrders,
  ) {}

  @Get()
  @ApiAnswer(200, 'A page of orders, newest first', OrderPage)
  list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: OrderQuery }) query: OrderQuery,
  ): Promise<Page<Order>> {
    return this.listOrders.run(caller.id, query);
  }

  @Get(':id')
  @RequireScope('orders', { owner: true })
  @ApiAnswer(200, 'The order', Order)
  @ApiProblems(404)
  one(@CurrentCaller() caller: Caller, @Param('id', { schema: Id }) id: string): Promise<Order> {
    return readOrder(this.database, id, caller);
  }
}
