import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '@shop/messaging';
import { PersistenceModule } from '@shop/persistence';
import { authModule } from '@shop/service-kit';
import { CancelOrderController } from './cancel-order/cancel-order.controller.ts';
import { CustomerOrders } from './customers/customer-orders.ts';
import { CustomersController } from './customers/customers.controller.ts';
import { EraseCustomer } from './customers/erase-customer.ts';
import { ExportCustomer } from './customers/export-customer.ts';
import type { Limit } from './model/vocabulary.ts';
import { ORDERS_CONFIG, type OrdersConfig } from './orders.config.ts';
import { OrderMetrics } from './orders.metrics.ts';
import { OrderPlacing } from './place-order/order-placing.ts';
import { PlaceOrderController } from './place-order/place-order.controller.ts';
import { ProductChangedConsumer } from './price-copy/product-changed.consumer.ts';
import { ListOrders } from './read-orders/list-orders.ts';
import { ReadOrdersController } from './read-orders/read-orders.controller.ts';
import { RefundOrderController } from './refund-order/refund-order.controller.ts';
import { Reaper } from './saga/reaper.ts';
import { RepliesConsumer } from './saga/replies.consumer.ts';
import { SagaProcess } from './saga/saga-process.ts';
import { SagaRequests } from './saga/saga-requests.ts';
import { SAGA_LIMITS, SagaRows } from './saga/saga-rows.ts';
import { TimelineFeed } from './timeline/timeline-feed.ts';
import { Timeline } from './timeline/timeline.ts';
import { TimelineController } from './timeline/timeline.controller.ts';

@Module({})
class OrdersModule {}

export const ordersModule = (config: OrdersConfig): DynamicModule => ({
  module: OrdersModule,
  imports: [
    PersistenceModule.forRoot({ name: 'orders', config, audited: true }),
    MessagingModule.forRoot({ service: 'orders', config }),
    authModule(config),
  ],
  controllers: [
    PlaceOrderController,
    ReadOrdersController,
    TimelineController,
    CancelOrderController,
    RefundOrderController,
    CustomersController,
    RepliesConsumer,
    ProductChangedConsumer,
  ],
  providers: [
    { provide: ORDERS_CONFIG, useValue: config },
    { provide: SAGA_LIMITS, useValue: limitsOf(config) },
    OrderPlacing,
    ListOrders,
    CustomerOrders,
    EraseCustomer,
    ExportCustomer,
    SagaRows,
    SagaProcess,
    SagaRequests,
    Reaper,
    Timeline,
    TimelineFeed,
    OrderMetrics,
  ],
});

const limitsOf = (config: OrdersConfig): Record<Limit, number> => ({
  reserve: config.RESERVE_TIMEOUT_MS,
  authorise: config.AUTHORISE_TIMEOUT_MS,
  complete: config.COMPLETE_TIMEOUT_MS,
  refund: config.REFUND_RETRY_MS,
});
