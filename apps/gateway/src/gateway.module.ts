import { type DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { authModule, OwnToken, ShutdownSequence, TokenVerifier } from '@shop/service-kit';
import { AuditController } from './audit/audit.controller.ts';
import { AdminCustomersController } from './customers/admin-customers.controller.ts';
import { ApiDocument } from './docs/api-document.ts';
import { DocsController } from './docs/docs.controller.ts';
import { guardEdge } from './edge/guard-edge.ts';
import { dropForgedHeaders } from './forged-headers.ts';
import type { GatewayConfig } from './gateway.config.ts';
import { RateLimit } from './limits/rate-limit.ts';
import { AdminOrdersController } from './orders/admin-orders.controller.ts';
import { Orders } from './orders/orders.ts';
import { OrdersController } from './orders/orders.controller.ts';
import { TimelineStreams } from './orders/timeline-streams.ts';
import { PaymentsController } from './payments/payments.controller.ts';
import { AdminProductsController } from './products/admin-products.controller.ts';
import { Availability } from './products/availability.ts';
import { Products } from './products/products.ts';
import { ProductsController } from './products/products.controller.ts';
import { AdminStockController } from './stock/admin-stock.controller.ts';
import { Stock } from './stock/stock.ts';
import { Upstreams } from './upstreams.ts';

@Module({})
class GatewayModule {}

export const gatewayModule = (config: GatewayConfig): DynamicModule => ({
  module: GatewayModule,
  imports: [authModule(config)],
  controllers: [
    ProductsController,
    AdminProductsController,
    AdminStockController,
    OrdersController,
    AdminOrdersController,
    AuditController,
    AdminCustomersController,
    PaymentsController,
    DocsController,
  ],
  providers: [
    ApiDocument,
    {
      provide: RateLimit,
      inject: [HttpAdapterHost, TokenVerifier, ShutdownSequence],
      useFactory: (http: HttpAdapterHost, verifier: TokenVerifier, shutdown: ShutdownSequence) =>
        guardEdge(http, config, verifier, shutdown),
    },
    {
      provide: Upstreams,
      inject: [ShutdownSequence, HttpAdapterHost],
      useFactory: (shutdown: ShutdownSequence, http: HttpAdapterHost) => {
        dropForgedHeaders(http);
        const upstreams = new Upstreams(config);
        shutdown.add('work', 'upstreams', () => upstreams.close());
        return upstreams;
      },
    },
    {
      provide: Orders,
      inject: [Upstreams, ShutdownSequence],
      useFactory: ({ orders, timelines }: Upstreams, { draining }: ShutdownSequence) =>
        new Orders(orders, new TimelineStreams(timelines, draining)),
    },
    {
      provide: Products,
      inject: [Upstreams],
      useFactory: ({ catalog, inventory }: Upstreams) => {
        const own = new OwnToken(config);
        // Now, so that the first reader does not wait for it.
        void own.authorization();
        const availability = new Availability(inventory, own, config.AVAILABILITY_TIMEOUT_MS);
        return new Products(catalog, availability, own);
      },
    },
    {
      provide: Stock,
      inject: [Upstreams],
      useFactory: ({ catalog, inventory }: Upstreams) => new Stock(catalog, inventory),
    },
  ],
});
